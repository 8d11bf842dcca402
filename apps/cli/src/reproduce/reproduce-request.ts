import { stat } from "node:fs/promises";
import { maxThreads } from "@grok/backend";
import { type Figure, withSeeds } from "@grok/reproduce";
import { checkSweep, parseSeeds, seedsOf } from "@grok/sweep";
import { suggestion } from "@grok/train/front-end";
import type { GivenFlags } from "../arguments/given-flags";
import { textFlag } from "../arguments/text-flag";
import { numberFlag } from "../queue/queue-flags";
import { UsageError } from "../usage-error";

/** What `grok reproduce` was asked for. */
export interface ReproduceRequest {
  /** Empty where they are to be listed. */
  figures: Figure[];
  /** The seeds whose runs are to be done; null: all. */
  seeds: readonly number[] | null;
  quick: boolean;
  noRun: boolean;
  jobs: number | undefined;
  threads: number | undefined;
  takeOver: boolean;
  allowChanges: boolean;
  reuse: string[];
  folder: string;
  /** The clone that keeps the results; null if none does. */
  record: string | null;
  json: boolean;
}

/**
 * Reads a command line of `grok reproduce`.
 *
 * @throws UsageError or SweepError for anything that cannot be
 */
export async function readReproduceRequest(
  ids: readonly string[],
  given: GivenFlags,
  registry: readonly Figure[],
): Promise<ReproduceRequest> {
  const all = given.all === true;
  if (all && ids.length > 0) throw new UsageError("Give figures or --all, not both.");
  const chosen = all ? [...registry] : [...new Set(ids)].map((id) => find(id, registry));
  if (chosen.length === 0) {
    const flag = Object.keys(given).find(
      (name) => name !== "json" && name !== "debug" && name !== "out-dir",
    );
    if (flag !== undefined) {
      throw new UsageError(
        `--${given[flag] === false ? `no-${flag}` : flag} needs a figure or --all; grok reproduce lists the figures.`,
      );
    }
  }
  const few = { min: 1, max: 256, whole: true };
  const record = textFlag(given, "record");
  const seeds = given.seeds === undefined ? null : askedSeeds(String(given.seeds));
  if (record !== undefined && seeds !== null) checkOwnSeeds(chosen, seeds);
  if (record !== undefined) await checkFolder(record, "record");
  const reuse = textFlag(given, "reuse")?.split("\n") ?? [];
  for (const folder of reuse) await checkFolder(folder, "reuse");
  return {
    figures:
      seeds === null || record !== undefined
        ? chosen
        : chosen.map((figure) => withSeeds(figure, seeds)),
    seeds,
    quick: given.quick === true,
    noRun: given.run === false,
    jobs: numberFlag(given, "jobs", few),
    threads: numberFlag(given, "threads", { ...few, max: maxThreads }),
    takeOver: given["take-over"] === true,
    allowChanges: given["allow-changes"] === true,
    reuse,
    folder: textFlag(given, "out-dir") ?? "runs/reproduce",
    record: record ?? null,
    json: given.json === true,
  };
}

function find(id: string, registry: readonly Figure[]): Figure {
  const figure = registry.find((each) => each.id === id);
  if (figure !== undefined) return figure;
  const ids = registry.map((each) => each.id);
  const hint = suggestion(id, ids) || `; there are ${ids.join(", ")}.`;
  throw new UsageError(`Unknown figure "${id}"${hint}`);
}

function askedSeeds(typed: string): readonly number[] {
  // One seed at a time is added to what is recorded.
  if (/^\d+$/.test(typed.trim())) return checkSweep({ seeds: [Number(typed)] }).seeds as number[];
  const { seeds } = checkSweep({ seeds: parseSeeds(typed) });
  return seedsOf(seeds ?? []);
}

/** A verdict that is kept stands on the figure's own seeds. */
function checkOwnSeeds(figures: readonly Figure[], seeds: readonly number[]): void {
  for (const { id, arms } of figures) {
    const own = new Set(arms.flatMap((arm) => arm.seeds));
    const other = seeds.find((seed) => !own.has(seed));
    if (other === undefined) continue;
    throw new UsageError(
      `--record keeps verdicts on a figure's own seeds; those of ${id} are ${[...own].sort((a, b) => a - b).join(", ")}, not ${other}.`,
    );
  }
}

async function checkFolder(folder: string, flag: string): Promise<void> {
  const isFolder = await stat(folder).then(
    (at) => at.isDirectory(),
    () => false,
  );
  if (!isFolder)
    throw new UsageError(`--${flag} must name a folder that is there, not "${folder}".`);
}
