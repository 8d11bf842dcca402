import { stringify } from "yaml";
import { SweepError } from "../sweep-error";
import { type ArrayJob, clusterName, useFlags } from "./array-job";

/** What a cluster of Kubernetes needs besides. */
export interface KubernetesJob extends Omit<ArrayJob, "use"> {
  /** The text of the sweep's file, unchanged except for the paths under `use`. */
  text: string;
  /** Bundles of extensions, by file names of their own; they go with the manifest. */
  extensions: ReadonlyMap<string, string>;
  /** An image that has grok. */
  image: string;
  /** A volume claim that several nodes can write, for the sweep's folder. */
  claim: string;
}

/** The most bytes that Kubernetes keeps in a ConfigMap. */
const maxBytes = 2 ** 20;
/** Where the pods see it. */
const place = "/etc/grok";

/** How often a run is tried where its pod fails; a pod that is taken away does not count. */
const retries = 6;

/**
 * A manifest that does a sweep as an Indexed Job of Kubernetes: `kubectl apply -f FILE`. Each index
 * does its run in the sweep's own run folder on the claimed volume; a pod that is evicted leaves a
 * checkpoint, and the next one of its index continues exactly there.
 *
 * @throws SweepError if the file and the extensions are more than a ConfigMap takes
 */
export function kubernetesManifest({
  name,
  runs,
  parallel,
  threads,
  command,
  text,
  extensions,
  image,
  claim,
}: KubernetesJob): string {
  const called = clusterName(name);
  const data = { ...Object.fromEntries(extensions), "sweep.yaml": text };
  const bytes = new TextEncoder().encode(Object.values(data).join("")).length;
  if (bytes > maxBytes) {
    throw new SweepError(
      `The sweep's file and its extensions have ${bytes.toLocaleString("en-US")} bytes, and Kubernetes keeps at most ${maxBytes.toLocaleString("en-US")} in a ConfigMap.`,
    );
  }
  const use = useFlags([...extensions.keys()].map((file) => `${place}/${file}`));
  const run = `exec ${command} sweep ${place}/sweep.yaml${use} --out-dir /sweep --only-index "$JOB_COMPLETION_INDEX" --threads ${threads} --take-over`;
  const file = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: called },
    data,
  };
  const job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: called },
    spec: {
      completionMode: "Indexed",
      completions: runs,
      parallelism: Math.min(parallel ?? runs, runs),
      backoffLimitPerIndex: retries,
      maxFailedIndexes: runs,
      podFailurePolicy: {
        rules: [
          { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] },
          // A run that failed by itself would fail again.
          {
            action: "FailIndex",
            onExitCodes: { containerName: "grok", operator: "In", values: [1, 2] },
          },
        ],
      },
      template: {
        spec: {
          restartPolicy: "Never",
          terminationGracePeriodSeconds: 120,
          containers: [
            {
              name: "grok",
              image,
              command: ["sh", "-c", run],
              resources: { requests: { cpu: String(threads) }, limits: { cpu: String(threads) } },
              volumeMounts: [
                { name: "file", mountPath: place, readOnly: true },
                { name: "sweep", mountPath: "/sweep" },
              ],
            },
          ],
          volumes: [
            { name: "file", configMap: { name: called } },
            { name: "sweep", persistentVolumeClaim: { claimName: claim } },
          ],
        },
      },
    },
  };
  return [file, job].map((part) => stringify(part, { lineWidth: 0 })).join("---\n");
}
