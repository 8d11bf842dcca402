import { createHash } from "node:crypto";
import { basename, extname, join } from "node:path";
import { maxThreads } from "@grok/backend";
import {
  checkSweep,
  type EarlyStop,
  earlyStopByName,
  parseGrid,
  parseSeeds,
  parseSweep,
  type Sweep,
  type SweepSpec,
} from "@grok/sweep";
import { siblingSweeps } from "@grok/sweep/node";
import { type Collection, collect, type LoadedExtension } from "@grok/train";
import { isDeviceName } from "@grok/train/archive";
import { canonicalJson } from "@grok/train/front-end";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { numberFlag, type QueueFlags, queueFlagNames, readQueueFlags } from "../queue/queue-flags";
import { withFileErrors } from "../run/file-error";
import { type OutputFlags, takeOutputFlags } from "../run/output-flags";
import { UsageError } from "../usage-error";
import { withDataFiles } from "./data-files";
import { readSweepFile } from "./sweep-file";

/** What `grok sweep` was asked for. */
export interface SweepRequest {
  sweep: Sweep;
  folder: string;
  /** What `--use` named. */
  extensions: readonly LoadedExtension[];
  jobs: number | undefined;
  threads: number | undefined;
  /** Folders whose runs count as done. */
  reuse: string[];
  /** Whose workers do the runs; null if this machine does. */
  queue: (QueueFlags & { keepHours: number | undefined; again: boolean }) | null;
  /** Runs that may be made where they are looked for; null if all are made. */
  budget: number | null;
  earlyStop: EarlyStop | null;
  /** The one run to do, as a task of an array job; null for all. */
  onlyIndex: number | null;
  /** Whether folders are taken from processes that cannot be seen from here, after their lease. */
  takeOver: boolean;
  /** Whether runs continue where another environment may give other numbers. */
  allowChanges: boolean;
  dryRun: boolean;
  output: OutputFlags;
}

/** What is the command's own, and no flag of a run. */
const own = new Set([
  "grid",
  "seeds",
  "jobs",
  "reuse",
  "adaptive",
  "budget",
  "early-stop",
  "dry-run",
  "preset",
  "threads",
  "only-index",
  "take-over",
  "allow-changes",
  ...queueFlagNames,
]);

/**
 * Reads a command line of `grok sweep`, and the file that it names. What the command line gives wins
 * over the file.
 *
 * @throws UsageError or SweepError for anything that cannot be
 */
export async function readRequest(
  file: string | undefined,
  given: GivenFlags,
  processEnv: Pick<ProcessEnv, "env">,
  extensions: readonly LoadedExtension[] = [],
): Promise<SweepRequest> {
  const kinds = collect(extensions);
  const [output, rest] = takeOutputFlags(given);
  if (given.trust === true && file === undefined) {
    throw new UsageError(
      "--trust is for what a sweep's file names under use, and there is no file.",
    );
  }
  const read: SweepSpec = file === undefined ? {} : await readFileSpec(file, extensions);
  const grid = parseGrid(lines(given.grid));
  const flags = Object.entries(rest).filter(([name]) => !own.has(name));
  const spec: SweepSpec = {
    ...read,
    ...(given.preset === undefined ? {} : { preset: String(given.preset) }),
    ...(given.seeds === undefined ? {} : { seeds: parseSeeds(String(given.seeds)) }),
    grid: { ...read.grid, ...grid },
    flags: { ...read.flags, ...Object.fromEntries(flags.map((each) => byName(each, kinds))) },
  };
  checkFlags(
    spec,
    flags.map(([name]) => name),
    kinds,
  );
  if (file === undefined && Object.keys(grid).length === 0 && spec.seeds === undefined) {
    throw new UsageError(
      "grok sweep needs FILE.yaml, --grid or --seeds, as in grok sweep --grid weight-decay=0.1,1 --seeds 0..4.",
    );
  }
  const sweep = await withDataFiles(checkSweep(spec, { extensions }), kinds);
  const folder = output.outDir ?? join("runs", "sweeps", nameOf(file, sweep));
  const siblings = given.reuse === false ? [] : await siblingSweeps(folder);
  return {
    sweep,
    folder,
    extensions,
    jobs: wholeNumber(given.jobs, "jobs"),
    threads: wholeNumber(given.threads, "threads", maxThreads),
    reuse: [...new Set([...lines(given.reuse), ...siblings])],
    queue: queueOf(given, processEnv),
    budget: budgetOf(given),
    earlyStop:
      given["early-stop"] === undefined ? null : earlyStopByName(String(given["early-stop"])),
    onlyIndex:
      numberFlag(given, "only-index", { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }) ??
      null,
    takeOver: given["take-over"] === true,
    allowChanges: given["allow-changes"] === true,
    dryRun: given["dry-run"] === true,
    output,
  };
}

function queueOf(given: GivenFlags, processEnv: Pick<ProcessEnv, "env">): SweepRequest["queue"] {
  const queue = readQueueFlags(given, processEnv, { byDefault: false });
  if (queue === null) return null;
  const own = ["jobs", "threads", "early-stop"].find((name) => given[name] !== undefined);
  if (own !== undefined) {
    throw new UsageError(
      `--${own} is for runs on this machine; with --queue it is a flag of grok worker.`,
    );
  }
  const keepHours = numberFlag(given, "keep-hours", { min: 0, max: 24 * 365 });
  return { ...queue, keepHours, again: given.again === true };
}

function budgetOf({ adaptive, budget }: GivenFlags): number | null {
  if (adaptive !== true) {
    if (budget === undefined) return null;
    throw new UsageError("--budget goes with --adaptive.");
  }
  if (budget === undefined) {
    throw new UsageError("--adaptive needs --budget, how many runs it may make.");
  }
  return wholeNumber(budget, "budget", 100_000) as number;
}

function byName(
  [typed, value]: [string, string | boolean],
  kinds: Collection,
): [string, string | boolean] {
  return [kinds.findFlag(typed)?.name ?? typed, value];
}

async function readFileSpec(file: string, extensions: readonly LoadedExtension[]): Promise<Sweep> {
  const text = await withFileErrors(`${file} cannot be read`, () => readSweepFile(file));
  return parseSweep(text, { extensions });
}

/** A flag that every run has cannot vary as well. */
function checkFlags(spec: SweepSpec, typed: readonly string[], kinds: Collection): void {
  const vary = new Set([
    ...Object.keys(spec.grid ?? {}),
    ...(spec.list ?? []).flatMap((settings) => Object.keys(settings)),
    ...Object.keys(spec.sample?.over ?? {}),
  ]);
  for (const name of typed) {
    const flag = kinds.findFlag(name)?.name ?? name;
    if (!vary.has(flag)) continue;
    throw new UsageError(`--${name} is for every run, and the sweep varies it; give one of them.`);
  }
}

/** The name of a sweep's folder: the file's, or the hash of what was asked for. */
function nameOf(file: string | undefined, sweep: Sweep): string {
  if (file !== undefined) {
    const name = basename(file, extname(file));
    // Windows takes con for the console, as a folder too.
    return isDeviceName(name) ? `sweep-${name}` : name;
  }
  const digest = createHash("sha256").update(canonicalJson(sweep)).digest("hex");
  return `${sweep.preset ?? "mlx"}-${digest.slice(0, 8)}`;
}

function lines(typed: string | boolean | undefined): string[] {
  return typeof typed === "string" ? typed.split("\n") : [];
}

function wholeNumber(
  typed: string | boolean | undefined,
  name: string,
  max = 256,
): number | undefined {
  if (typed === undefined) return undefined;
  const value = Number(typed);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw new UsageError(
    `--${name} must be a whole number from 1 to ${max}, not "${String(typed)}".`,
  );
}
