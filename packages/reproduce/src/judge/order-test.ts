import { randomStream } from "@grok/data";
import { group } from "d3-array";
import type { Measured } from "./measured";
import {
  atLeast,
  type ScoreDistribution,
  scoreDistribution,
  sumDistribution,
} from "./order-distribution";
import { arrangementsOf, permutations } from "./permutations";

/** A run's place in the design of an {@link orderTest}. */
export interface OrderedPlace {
  /** Its group's place in the order that is claimed. */
  readonly place: number;
  /** Runs are compared within a stratum alone. */
  readonly stratum: string;
  /**
   * What the claim is about, if that is not the run: an operation, of which several runs say the same.
   * Groups are then permuted over units and not over runs. All runs of a unit have one place.
   */
  readonly unit?: string;
}

/** A run in an {@link orderTest}. */
export interface OrderedRun extends OrderedPlace {
  readonly measured: Measured;
}

/** What {@link orderTest} gives. */
export interface OrderTest {
  /** Pairs of runs of different groups that stand as claimed, and the other way round; ties are neither. */
  readonly as: number;
  readonly against: number;
  /** How likely as many would be if groups made no difference. */
  readonly p: number;
  /** Whether p is exact; if not it is an estimate from random permutations. */
  readonly isExact: boolean;
  /** The least p that such a design can give, see {@link leastChance}. */
  readonly least: number;
}

const maxExact = 20_000;
const draws = 20_000;

/**
 * Whether values rise from group to group: the test of Jonckheere (1954) and Terpstra (1952), with
 * Gehan's (1965) comparison where some values are only known to be greater than what was seen; of two
 * groups without such values it is Mann and Whitney's. One-sided, over all ways in which the groups can
 * stand at the runs of each stratum, or at the units:
 *
 *     J = Σ_strata Σ_{groups g < h} Σ_{a ∈ g, b ∈ h} sign(b − a)     p = P(J_permuted ≥ J)
 *
 * It is exact if the values of each stratum are in a (weak) order and groups are few, or if there are at
 * most 20,000 ways; else it is estimated from 20,000 random ones, as (1 + hits)/(1 + draws).
 *
 * @returns null if no two runs of different groups can be compared
 * @throws RangeError if a unit has runs in two places
 */
export function orderTest(runs: readonly OrderedRun[]): OrderTest | null {
  const strata = [...group(runs, ({ stratum }) => stratum).values()].filter(
    (each) => new Set(each.map(({ place }) => place)).size > 1,
  );
  if (strata.length === 0) return null;
  const tables = strata.map((each) =>
    each.map((a) => each.map((b) => comparison(a.measured, b.measured))),
  );
  const placed = strata.map((each) => each.map(({ place }) => place));
  const { as, against } = pairs(placed, tables);
  const score = (places: readonly (readonly number[])[]) => {
    const { as, against } = pairs(places, tables);
    return as - against;
  };
  const observed = as - against;
  const common = { as, against, least: leastChance(runs) };
  const units = unitPlaces(runs);
  if (units !== null) {
    const names = [...units.keys()];
    const own = [...units.values()];
    const of = (places: readonly number[]) => {
      const at = new Map(names.map((name, i) => [name, places[i] as number]));
      return score(strata.map((each) => each.map(({ unit }) => at.get(unit as string) as number)));
    };
    if (arrangementsOf(own) <= maxExact) {
      const scores = [...permutations(own)].map(of);
      const hits = scores.filter((each) => each >= observed).length;
      return { ...common, p: hits / scores.length, isExact: true };
    }
    return { ...common, ...sampled((random) => of(shuffle([...own], random)), observed) };
  }
  const exact = strata.map((each, i) => distributionOf(each, tables[i] as number[][]));
  if (exact.every((each) => each !== null)) {
    return { ...common, p: atLeast(exact.reduce(sumDistribution), observed), isExact: true };
  }
  const draw = (random: (n: number) => number) =>
    score(placed.map((own) => shuffle([...own], random)));
  return { ...common, ...sampled(draw, observed) };
}

/**
 * The least p that a design can give, which it does if every pair stands as claimed: one over the number
 * of ways in which groups can stand at runs, or at units. A design in which that is not below the level
 * cannot show the order.
 */
export function leastChance(design: readonly OrderedPlace[]): number {
  const units = unitPlaces(design);
  if (units !== null) return 1 / arrangementsOf([...units.values()]);
  const strata = [...group(design, ({ stratum }) => stratum).values()];
  return strata.reduce((p, each) => p / arrangementsOf(each.map(({ place }) => place)), 1);
}

/** The units with their places; null if runs are the units. */
function unitPlaces(design: readonly OrderedPlace[]): Map<string, number> | null {
  const units = new Map<string, number>();
  for (const { unit, place } of design) {
    if (unit === undefined) return null;
    const before = units.get(unit);
    if (before !== undefined && before !== place) {
      throw new RangeError(
        `all runs of a unit have one place; those of "${unit}" have ${before} and ${place}`,
      );
    }
    units.set(unit, place);
  }
  return units;
}

/** The exact distribution of a stratum's score; null if that would take too long. */
function distributionOf(
  runs: readonly OrderedRun[],
  table: readonly (readonly number[])[],
): ScoreDistribution | null {
  const places = runs.map(({ place }) => place);
  const ranks = ranksOf(runs, table);
  if (ranks !== null) {
    const sizes = countsOf(places);
    const found = scoreDistribution(sizes, countsOf(ranks));
    if (found !== null) return found;
  }
  const ways = arrangementsOf(places);
  if (ways > maxExact) return null;
  const scores = new Map<number, number>();
  for (const arranged of permutations(places)) {
    const { as, against } = pairs([arranged], [table]);
    scores.set(as - against, (scores.get(as - against) ?? 0) + 1 / ways);
  }
  return scores;
}

/** Ranks, tied ones alike; null if what is censored leaves pairs that cannot be told apart in between. */
function ranksOf(
  runs: readonly OrderedRun[],
  table: readonly (readonly number[])[],
): number[] | null {
  const order = runs
    .map((run, i) => ({ ...run.measured, i }))
    .sort((a, b) => a.value - b.value || Number(b.happened) - Number(a.happened));
  const ranks = runs.map(() => 0);
  for (const [k, { i }] of order.entries()) {
    const before = order[k - 1];
    if (before === undefined) continue;
    ranks[i] = (ranks[before.i] as number) + (table[before.i]?.[i] === 1 ? 1 : 0);
  }
  const isOrder = ranks.every((a, i) => ranks.every((b, j) => Math.sign(b - a) === table[i]?.[j]));
  return isOrder ? ranks : null;
}

/** How many there are of each value, in rising order of the value. */
function countsOf(values: readonly number[]): number[] {
  return [...group(values, (value) => value)]
    .sort(([a], [b]) => a - b)
    .map(([, own]) => own.length);
}

/** 1 if b is surely greater than a, −1 if it is surely less, else 0. */
function comparison(a: Measured, b: Measured): number {
  if (a.happened && (b.happened ? b.value > a.value : b.value >= a.value)) return 1;
  if (b.happened && (a.happened ? a.value > b.value : a.value >= b.value)) return -1;
  return 0;
}

function pairs(
  places: readonly (readonly number[])[],
  tables: readonly (readonly (readonly number[])[])[],
) {
  const counts = { as: 0, against: 0 };
  for (const [s, own] of places.entries()) {
    for (const [i, place] of own.entries()) {
      for (let j = i + 1; j < own.length; j++) {
        const way = Math.sign((own[j] as number) - place) * (tables[s]?.[i]?.[j] as number);
        if (way > 0) counts.as++;
        if (way < 0) counts.against++;
      }
    }
  }
  return counts;
}

function sampled(score: (integer: (below: number) => number) => number, observed: number) {
  const random = randomStream(0, "order-test");
  let hits = 0;
  for (let i = 0; i < draws; i++) if (score((n) => random.integer(n)) >= observed) hits++;
  return { p: (1 + hits) / (1 + draws), isExact: false };
}

function shuffle(values: number[], integer: (below: number) => number): number[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    [values[i], values[j]] = [values[j] as number, values[i] as number];
  }
  return values;
}
