import { stringify } from "yaml";
import { type ArrayJob, clusterName } from "./array-job";

/** What a cluster of Kubernetes needs besides. */
export interface KubernetesJob extends ArrayJob {
  /** The sweep's file, as it is. */
  text: string;
  /** An image that has grok. */
  image: string;
  /** A volume claim that several nodes can write, for the sweep's folder. */
  claim: string;
}

/** How often a run is tried where its pod fails; a pod that is taken away does not count. */
const retries = 6;

/**
 * A manifest that does a sweep as an Indexed Job of Kubernetes: `kubectl apply -f FILE`. Each index
 * does its run in the sweep's own run folder on the claimed volume; a pod that is evicted leaves a
 * checkpoint, and the next one of its index goes on exactly there.
 */
export function kubernetesManifest({
  name,
  runs,
  parallel,
  threads,
  command,
  text,
  image,
  claim,
}: KubernetesJob): string {
  const called = clusterName(name);
  const run = `exec ${command} sweep /etc/grok/sweep.yaml --out-dir /sweep --only-index "$JOB_COMPLETION_INDEX" --threads ${threads} --take-over`;
  const file = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: called },
    data: { "sweep.yaml": text },
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
                { name: "file", mountPath: "/etc/grok", readOnly: true },
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
