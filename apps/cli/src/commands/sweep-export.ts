import { realpath, writeFile } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { maxThreads } from "@grok/backend";
import { expandSweep, kubernetesManifest, parseSweep, slurmScript, withoutUse } from "@grok/sweep";
import { collect, dataReferences, type Experiment, type LoadedExtension } from "@grok/train";
import { keepExtensions } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { countOf } from "../quantity";
import { numberFlag } from "../queue/queue-flags";
import { withFileErrors } from "../run/file-error";
import { type Status, status } from "../status";
import { withDataFiles } from "../sweep/data-files";
import { readSweepFile } from "../sweep/sweep-file";
import { UsageError } from "../usage-error";

/**
 * Writes a sweep as an array job of a cluster. Its extensions go with it: for Slurm as bundles in the
 * sweep's folder, for Kubernetes in the manifest.
 *
 * @throws UsageError or SweepError if it cannot be; nothing is written then
 */
export async function sweepExport(
  file: string,
  given: GivenFlags,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const isSlurm = given.slurm === true;
  if (isSlurm === (given.kubernetes === true)) {
    throw new UsageError("grok sweep export needs one of --slurm and --kubernetes.");
  }
  checkFor(given, isSlurm);
  const text = await withFileErrors(`${file} cannot be read`, () => readSweepFile(file));
  const asked = parseSweep(text, { extensions });
  const sweep = await withDataFiles(asked, collect(extensions));
  const planned = expandSweep(sweep, { extensions });
  const runs = planned.length;
  if (!isSlurm) checkData(planned);
  const few = { min: 1, max: 100_000, whole: true };
  const name = basename(file, extname(file));
  const job = {
    name,
    runs,
    parallel: numberFlag(given, "jobs", few) ?? null,
    threads: numberFlag(given, "threads", { ...few, max: maxThreads }) ?? 1,
    command: textOf(given, "command") ?? "grok",
  };
  const made = isSlurm
    ? await slurm(job, file, given, extensions)
    : kubernetesManifest({
        ...job,
        text: withoutUse(text),
        extensions: new Map(
          extensions.map(({ extension, code }) => [
            `${extension.name}.mjs`,
            new TextDecoder().decode(code ?? undefined),
          ]),
        ),
        image: needed(given, "image", "an image that has grok"),
        claim: needed(given, "claim", "a volume claim that several nodes can write"),
      });
  const out = textOf(given, "out");
  if (out === undefined) processEnv.stdout.write(made);
  else {
    await withFileErrors(`${out} cannot be written`, () => writeFile(out, made));
    processEnv.stderr.write(`${out} does ${countOf(runs, "run")}.\n`);
  }
  return status.done;
}

async function slurm(
  job: Omit<Parameters<typeof slurmScript>[0], "file" | "folder" | "time" | "use">,
  file: string,
  given: GivenFlags,
  extensions: readonly LoadedExtension[],
): Promise<string> {
  const folder = resolve(textOf(given, "out-dir") ?? join("runs", "sweeps", job.name));
  const time = timeOf(given);
  const kept = await withFileErrors(`The extensions cannot be written to ${folder}`, () =>
    keepExtensions(folder, extensions),
  );
  const use = kept.map(({ path }) => path);
  return slurmScript({ ...job, file: await realpath(file), folder, use, time });
}

function textOf(given: GivenFlags, name: string): string | undefined {
  return given[name] === undefined ? undefined : String(given[name]);
}

function needed(given: GivenFlags, name: string, what: string): string {
  const text = textOf(given, name);
  if (text !== undefined && text.trim() !== "") return text;
  throw new UsageError(`--kubernetes needs --${name}, ${what}.`);
}

/** Flags of the one cluster mean nothing to the other. */
function checkFor(given: GivenFlags, isSlurm: boolean): void {
  const foreign = isSlurm ? ["image", "claim"] : ["time", "out-dir"];
  const found = foreign.find((name) => given[name] !== undefined);
  if (found === undefined) return;
  throw new UsageError(`--${found} means nothing with --${isSlurm ? "slurm" : "kubernetes"}.`);
}

/** A pod has the manifest's files and the sweep's volume, and no data file. */
function checkData(runs: readonly { experiment: Experiment }[]): void {
  const names = runs.flatMap(({ experiment }) =>
    dataReferences(experiment.task).map(({ name }) => name),
  );
  if (names.length === 0) return;
  throw new UsageError(
    `The pods of --kubernetes would not have the data files of this sweep (${[...new Set(names)].join(", ")}); --slurm can do it, whose nodes see this machine's files, or grok sweep on one machine.`,
  );
}

function timeOf(given: GivenFlags): string | null {
  const text = textOf(given, "time");
  if (text === undefined) return null;
  if (/^(\d{1,3}-)?\d{1,3}(:\d{2}){0,2}$/.test(text)) return text;
  throw new UsageError(`--time must be as Slurm has it, 4:00:00 or 1-12:00:00, not "${text}".`);
}
