import { randomStream } from "@grok/data";
import { pointAxes, sweepPoints } from "../outcome/points";
import type { RunState, SweepState } from "../state/sweep-state";
import { belief, maxUncertain, type Seen, type Space, spaceOf } from "./boundary";

/** How far some runs of a sweep find its phase boundary. */
export interface Found {
  readonly runs: number;
  /** Share of all points put on the wrong side. */
  readonly error: number;
}

/** A finished sweep whose runs can be asked for one by one. */
export class FinishedSweep {
  readonly space: Space;
  /** Of each point, whether at least half of its runs grokked. */
  readonly truth: readonly boolean[];
  /** Of each point, whether each of its runs grokked, by seed. */
  readonly outcomes: readonly (readonly boolean[])[];
  /** Of each point, its place on each axis, counted from 0. */
  readonly ranks: readonly (readonly number[])[];

  /** @throws RangeError if the sweep has no run that says anything */
  constructor(state: SweepState) {
    const axes = pointAxes(state);
    const points = sweepPoints(state);
    if (points.length === 0) throw new RangeError("The sweep has no runs that have ended.");
    const settings = points.map((point) => point.settings);
    this.space = spaceOf(settings, axes);
    this.outcomes = points.map(({ runs }) =>
      runs
        .toSorted(
          (a: RunState, b: RunState) => Number(a.settings["seed"]) - Number(b.settings["seed"]),
        )
        .map(({ t_grok }) => t_grok !== null),
    );
    this.truth = this.outcomes.map((runs) => 2 * runs.filter(Boolean).length >= runs.length);
    this.ranks = this.space.places.map((place) =>
      place.map((at, axis) => {
        const values = [...new Set(this.space.places.map((each) => each[axis] as number))];
        return values.sort((a, b) => a - b).indexOf(at);
      }),
    );
  }

  /** Share of points that runs put on the wrong side. */
  error(seen: readonly Seen[]): number {
    const { mean } = belief(this.space, seen);
    const wrong = this.truth.filter((grokked, i) => grokked !== (mean[i] as number) > 0);
    return wrong.length / this.truth.length;
  }

  /** What an adaptive sweep would find, after each round, until it has used or needs no more runs. */
  adaptive(roundSize = 4): Found[] {
    const used = this.outcomes.map(() => 0);
    const seen: Seen[] = [];
    const found: Found[] = [];
    for (;;) {
      const left = this.outcomes.map((runs, i) => runs.length - (used[i] as number));
      const round = maxUncertain(this.space, seen, left, roundSize);
      if (round.length === 0) return found;
      for (const point of round) {
        const at = used[point] as number;
        used[point] = at + 1;
        seen.push({ point, grokked: this.outcomes[point]?.[at] === true });
      }
      found.push({ runs: seen.length, error: this.error(seen) });
    }
  }

  /** What each coarser grid of the sweep would find: every choice of evenly spaced values per axis, and of the first seeds. */
  grids(): Found[] {
    const axes = this.space.isWords.length;
    const sizes = Array.from(
      { length: axes },
      (_, axis) => 1 + Math.max(...this.ranks.map((rank) => rank[axis] as number)),
    );
    const most = Math.max(...this.outcomes.map(({ length }) => length));
    let choices: number[][] = [[]];
    for (const size of sizes) {
      const counts = Array.from({ length: Math.max(1, size - 1) }, (_, i) => Math.min(size, i + 2));
      choices = choices.flatMap((before) => counts.map((count) => [...before, count]));
    }
    return choices.flatMap((counts) =>
      Array.from({ length: most }, (_, i) => {
        const kept = counts.map((count, axis) => evenly(sizes[axis] as number, count));
        const seen = this.outcomes.flatMap((runs, point) =>
          kept.every((ranks, axis) => ranks.has(this.ranks[point]?.[axis] as number))
            ? runs.slice(0, i + 1).map((grokked) => ({ point, grokked }))
            : [],
        );
        return { runs: seen.length, error: this.error(seen) };
      }),
    );
  }

  /** What runs in an order of chance would find, after each `every`. */
  random(seed: number, every = 4): Found[] {
    const all = this.outcomes.flatMap((runs, point) => runs.map((grokked) => ({ point, grokked })));
    const stream = randomStream(seed, "replay order", 0);
    for (let i = all.length - 1; i > 0; i--) {
      const j = stream.integer(i + 1);
      [all[i], all[j]] = [all[j] as Seen, all[i] as Seen];
    }
    const found: Found[] = [];
    for (let n = every; n <= all.length; n += every) {
      found.push({ runs: n, error: this.error(all.slice(0, n)) });
    }
    return found;
  }
}

/** The runs from which on an error is no more than so much; null if it never stays so. */
export function runsToReach(found: readonly Found[], error: number): number | null {
  let reached: number | null = null;
  for (const each of found) {
    if (each.error > error) reached = null;
    else reached ??= each.runs;
  }
  return reached;
}

/**
 * The runs from which on a share of all designs have an error of no more than so much; null if no
 * number of runs is enough.
 *
 * @param found of designs of many sizes, in any order
 * @param share default 0.9
 */
export function runsForMost(found: readonly Found[], error: number, share = 0.9): number | null {
  const sorted = found.toSorted((a, b) => a.runs - b.runs);
  for (const [i, { runs }] of sorted.entries()) {
    const larger = sorted.slice(i);
    const good = larger.filter((each) => each.error <= error);
    if (good.length >= share * larger.length) return runs;
  }
  return null;
}

function evenly(size: number, count: number): Set<number> {
  if (count >= size) return new Set(Array.from({ length: size }, (_, i) => i));
  return new Set(
    Array.from({ length: count }, (_, i) => Math.round((i * (size - 1)) / (count - 1))),
  );
}
