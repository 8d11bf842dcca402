import { mkdtemp, realpath, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { LoadedExtension } from "@grok/train";
import {
  cutPower,
  type FaultResult,
  forksOf,
  killAtBoundaries,
  killAtRandom,
  operationsOf,
  type Plan,
  runReference,
  type SeriesOptions,
  tryFaults,
} from "@grok/verify";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { countOf, duration } from "../quantity";
import { RunFailure } from "../run/failure";
import { listenForInterrupt } from "../run/interrupt";
import { type Status, status } from "../status";
import { styleFor } from "../terminal/style";
import { UsageError } from "../usage-error";
import { trainFlags } from "../verify/flags";
import { Tally } from "../verify/tally";

/**
 * Kills runs, lets them continue, and compares what they leave, byte for byte, with a run that was not
 * killed.
 *
 * @throws UsageError or ExperimentError for flags that ask for nothing, RunFailure if there is a
 * difference
 */
export async function verifyResume(
  given: GivenFlags,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const { json, debug: _, ...rest } = given;
  const { flags, plan, power, withFaults, fork } = await read(rest, extensions);
  const out = json === true ? processEnv.stderr : processEnv.stdout;
  const interrupt = listenForInterrupt(processEnv);
  const root = await realpath(await mkdtemp(join(tmpdir(), "grok-verify-")));
  const plain: SeriesOptions = { self: processEnv.self, flags, root, signal: interrupt.signal };
  const began = performance.now();
  const tally = new Tally();
  const faults: FaultResult[] = [];
  try {
    const series = fork === null ? plain : await forksOf(plain, fork);
    const { reference, differences } = await runReference(series);
    const operations = operationsOf(reference.process.entries).length;
    out.write(`grok train ${flags.join(" ")}${fork === null ? "" : `, forked at ${fork}`}\n`);
    out.write(
      `unbroken: ${duration(reference.process.totalMs / 1000)}, ${countOf(operations, "operation")} on files; kill seed ${plan.killSeed}\n\n`,
    );
    if (differences.length > 0) {
      tally.differences.push({ folder: reference.folder, killed: [], differences });
    } else {
      const add = (way: Parameters<Tally["add"]>[0]) => tally.add.bind(tally, way);
      await killAtRandom(series, reference, plan, add("random instants"));
      if (plan.boundaries > 0) {
        await killAtBoundaries(series, reference, plan, add("write boundaries"));
      }
      if (power) await cutPower(series, reference, plan, add("loss of power"));
      if (withFaults) {
        await tryFaults(series, reference, (result) => {
          faults.push(result);
          out.write(faultText(result));
        });
        out.write("\n");
      }
    }
    const seconds = (performance.now() - began) / 1000;
    out.write(tally.text(styleFor(out, processEnv.env)));
    for (const { fault, differences } of faults) {
      if (differences.length > 0)
        tally.differences.push({ folder: fault, killed: [], differences });
    }
    const tried = faults.filter(({ skipped }) => skipped === undefined).length;
    const also = faults.length > 0 ? `, and ${countOf(tried, "fault")},` : "";
    out.write(
      `\n${countOf(tally.total, "kill")} of ${countOf(tally.runs, "run")}${also} in ${duration(seconds)}; differences: ${tally.differences.length}\n`,
    );
    const { kills, runs, total } = tally;
    if (json === true) {
      const { killSeed } = plan;
      const { differences } = tally;
      const record = { flags, killSeed, kills, total, runs, faults, differences };
      processEnv.stdout.write(`${JSON.stringify({ ...record, seconds: Math.round(seconds) })}\n`);
    }
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    return status.interrupted;
  } finally {
    interrupt.release();
    if (tally.differences.length === 0) await rm(root, { recursive: true, force: true });
  }
  if (tally.differences.length === 0) return status.done;
  for (const { folder, killed, differences } of tally.differences) {
    const how = killed.map(({ kill, phase }) => `${JSON.stringify(kill)} in ${phase}`).join(", ");
    out.write(`\n${folder} (${how || "not killed"}):\n`);
    for (const difference of differences) out.write(`  ${difference}\n`);
  }
  throw new RunFailure(
    `${countOf(tally.differences.length, "run")} did not come out as the unbroken one; the folders are kept in ${root}.`,
  );
}

function faultText({ fault, said, differences, skipped }: FaultResult): string {
  if (skipped !== undefined) return `- ${fault}: skipped. ${skipped}\n`;
  return `${differences.length === 0 ? "✓" : "✗"} ${fault}\n    ${said}\n`;
}

/** Takes the command's own flags from those given. */
async function read(
  given: GivenFlags,
  extensions: readonly LoadedExtension[],
): Promise<{
  flags: string[];
  plan: Plan;
  power: boolean;
  withFaults: boolean;
  /** The step of forks; null without. */
  fork: number | null;
}> {
  const {
    kills = "20",
    "kill-seed": killSeed = "0",
    jobs,
    boundaries = true,
    power = false,
    faults = false,
    fork,
    ...flags
  } = given;
  const threads = Number(flags.threads ?? 1) || 1;
  const cores = Math.max(1, Math.floor(availableParallelism() / threads));
  const plan: Plan = {
    kills: whole("kills", kills, 0),
    killSeed: whole("kill-seed", killSeed, 0),
    jobs: whole("jobs", jobs ?? String(cores), 1),
    boundaries: boundaries === true ? 1 : 0,
  };
  // Byte equality does not depend on how many threads there are; many runs at once need their cores.
  const withThreads = { threads: "1", ...flags };
  const extent = {
    power: power === true,
    withFaults: faults === true,
    fork: fork === undefined ? null : whole("fork", fork, 1),
  };
  if (extent.fork !== null && extent.withFaults) {
    throw new UsageError("--faults tries runs that begin at step 0; give it without --fork.");
  }
  // A fork begins with a checkpoint of the trunk's, wherever its step is.
  const kept: GivenFlags = extent.fork === null ? {} : { "keep-checkpoints": "all" };
  return { flags: await trainFlags({ ...kept, ...withThreads }, extensions), plan, ...extent };
}

function whole(name: string, text: string | boolean, min: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min && value <= 1_000_000) return value;
  throw new UsageError(
    `--${name} must be a whole number from ${min} to 1000000, not "${String(text)}".`,
  );
}
