import type { SpeedrunRecord } from "./record";
import { speedrunSeeds } from "./track";

/** The middle of some numbers, and the least and the greatest of them. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** What a record is ranked by. */
export const speedrunMeasures = ["flops", "steps", "seconds"] as const;

/** What a record is ranked by: floating-point operations, updates, or seconds. */
export type SpeedrunMeasure = (typeof speedrunMeasures)[number];

/** A record as the board shows it. */
export interface Standing {
  record: SpeedrunRecord;
  /** How many of its seeds came to 95%. */
  grokked: number;
  /** Whether it has a rank: all 20 seeds were run, and all came to 95%. */
  isRanked: boolean;
  /** Over its seeds; null if not all came to 95%: the slowest would be left out. */
  spread: Record<SpeedrunMeasure, Spread> | null;
}

/** How a record stands. */
export function standingOf(record: SpeedrunRecord): Standing {
  const { runs, flops_per_step } = record;
  const steps = runs.flatMap((run) => run.steps ?? []);
  const has = new Set(runs.map(({ seed }) => seed));
  const isComplete = speedrunSeeds.every((seed) => has.has(seed));
  const all = steps.length === runs.length;
  return {
    record,
    grokked: steps.length,
    isRanked: isComplete && all,
    spread: all
      ? {
          steps: spreadOf(steps),
          flops: spreadOf(steps.map((count) => count * flops_per_step)),
          seconds: spreadOf(runs.map(({ seconds }) => seconds)),
        }
      : null,
  };
}

/** A track's records in the order of a board: those with a rank first, the best of them first. */
export function board(
  records: readonly SpeedrunRecord[],
  track: string,
  by: SpeedrunMeasure = "flops",
): Standing[] {
  const place = ({ isRanked, spread }: Standing) =>
    isRanked ? (spread?.[by].median ?? Infinity) : Infinity;
  return records
    .filter((record) => record.track === track)
    .map(standingOf)
    .sort(
      (a, b) =>
        Number(b.isRanked) - Number(a.isRanked) ||
        place(a) - place(b) ||
        b.grokked / b.record.runs.length - a.grokked / a.record.runs.length ||
        a.record.name.localeCompare(b.record.name),
    );
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [(sorted.length - 1) >> 1, sorted.length >> 1];
  return {
    median: ((sorted[low] as number) + (sorted[high] as number)) / 2,
    min: sorted[0] as number,
    max: sorted.at(-1) as number,
  };
}
