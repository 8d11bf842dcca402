import { existsSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "@grok/train/node";
import { differencesBetween } from "./compare";
import type { Death } from "./orders";
import { type Launch, operationsOf, phaseAt, type Watched, watch } from "./watched";

/** How a process of a series is to die: where it says, or after a time. */
export type Kill = { death: Death } | { kill: NonNullable<Launch["kill"]> };

/** A process that was killed. */
export interface Killed {
  kill: Kill;
  /** What it was doing. */
  phase: string;
  /** The last operation that it was about to do. */
  operation: string;
}

/** A run that was killed again and again, and then continued to its end. */
export interface Series {
  folder: string;
  killed: Killed[];
  /** Against the unbroken run; and processes that ended otherwise than they should. */
  differences: string[];
}

/** What the series of a verification have in common. */
export interface SeriesOptions {
  self: readonly string[];
  /** Flags of `grok train`, without its folder. */
  flags: readonly string[];
  /** Where the folders are. */
  root: string;
  /** The run and the step that the runs are forked from; left out: they are trained from step 0. */
  trunk?: { folder: string; at: number };
  /** Aborts everything. */
  signal: AbortSignal;
}

/** The name of the run's folder, which is in one of its own. */
export const runName = "run";

/** A folder for a run to be in. */
export async function freshFolder({ root }: SeriesOptions, name: string): Promise<string> {
  await makeFolder(root);
  return mkdtemp(join(root, `${name}-`));
}

/** Begins the run in a folder, or continues with what is there, watched. */
export function proceed(
  { self, flags, trunk, signal }: SeriesOptions,
  folder: string,
  how: Partial<Launch> & {
    failure?: Launch["orders"]["failure"];
    death?: Death;
    /** Flags besides those of the run. */
    more?: readonly string[];
  } = {},
): Promise<Watched> {
  signal.throwIfAborted();
  const { failure, death, more = [], ...launch } = how;
  const run = join(folder, runName);
  const isRun = existsSync(join(run, "config.json"));
  return watch({
    self,
    args: [
      ...(isRun
        ? ["resume", run, "--no-plots", ...usedIn(flags)]
        : trunk === undefined
          ? ["train", ...flags, "--out-dir", run]
          : forking(trunk, flags, run)),
      ...more,
    ],
    orders: { folder, ...(failure && { failure }), ...(death && { death }) },
    onSpawn: (child) => {
      const stop = () => void child.kill("SIGKILL");
      signal.addEventListener("abort", stop);
      child.once("exit", () => signal.removeEventListener("abort", stop));
    },
    ...launch,
  });
}

/**
 * Kills a run as ordered, one process after the other, lets it continue to its end, and compares it
 * with the unbroken one. A process that ends before it is to die ends the series.
 */
export async function runSeries(
  options: SeriesOptions,
  reference: string,
  name: string,
  kills: readonly Kill[],
): Promise<Series> {
  const folder = await freshFolder(options, name);
  const killed: Killed[] = [];
  for (const kill of kills) {
    const process = await proceed(options, folder, kill);
    if (process.signal !== "SIGKILL") {
      if (process.status === 0) break;
      return { folder, killed, differences: [unexpected(process)] };
    }
    const last = operationsOf(process.entries).at(-1);
    const operation = last === undefined ? "" : `${last.kind} ${last.path}`;
    killed.push({ kill, phase: phaseAt(process.entries), operation });
  }
  const end = await proceed(options, folder);
  const differences =
    end.status === 0
      ? await differencesBetween(reference, join(folder, runName), options.trunk?.at)
      : [unexpected(end)];
  return { folder, killed, differences };
}

function unexpected({ status, signal, text }: Watched): string {
  const last = text.trim().split("\n").at(-1) ?? "";
  return `a process ended with ${signal ?? `status ${status}`}: ${last}`;
}

function forking(
  { folder, at }: NonNullable<SeriesOptions["trunk"]>,
  flags: readonly string[],
  run: string,
): string[] {
  const changes = flags.flatMap((flag, i) =>
    flag === "--change" ? [flag, flags[i + 1] as string] : [],
  );
  const own = ["--at", String(at), ...changes, ...usedIn(flags)];
  return ["fork", folder, ...own, "--no-plots", "--out-dir", run];
}

/** Flags without those that change something in mid-run. */
export function unchanged(flags: readonly string[]): string[] {
  return flags.filter((flag, i) => flag !== "--change" && flags[i - 1] !== "--change");
}

/** The extensions of a command line, which a run is resumed with as well. */
function usedIn(flags: readonly string[]): string[] {
  return flags.flatMap((flag, i) => (flag === "--use" ? [flag, flags[i + 1] as string] : []));
}
