import { randomStream } from "@grok/data";
import { group } from "d3-array";
import type { Measured } from "./quantity";

/** A run in an {@link orderTest}. */
export interface OrderedRun {
  /** Its group's place in the order that is claimed. */
  readonly place: number;
  readonly measured: Measured;
  readonly stratum: string;
}

/** What {@link orderTest} gives. */
export interface OrderTest {
  /** Pairs of runs of different groups that stand as claimed, and the other way round; ties are neither. */
  readonly as: number;
  readonly against: number;
  /** How likely as many would be if groups made no difference. */
  readonly p: number;
  /** The least p that so many runs can give. */
  readonly least: number;
}

const mostExact = 20_000;
const draws = 10_000;

/**
 * Whether values rise from group to group: the test of Jonckheere (1954) and Terpstra (1952), with
 * Gehan's (1965) comparison where some values are only known to be greater than what was seen; of two
 * groups without such values it is Mann and Whitney's. One-sided, by permuting the groups of runs
 * within each stratum: all of them if there are at most 20,000 and one stratum, else 10,000 at random.
 *
 *     J = Σ_strata Σ_{groups g < h} Σ_{a ∈ g, b ∈ h} sign(b − a)     p = P(J_permuted ≥ J)
 *
 * @returns null where no two runs of different groups can be compared
 */
export function orderTest(runs: readonly OrderedRun[]): OrderTest | null {
  const strata = [...group(runs, ({ stratum }) => stratum).values()].filter(
    (each) => new Set(each.map(({ place }) => place)).size > 1,
  );
  if (strata.length === 0) return null;
  const arrangements = strata.map((each) => arrangementsOf(each.map(({ place }) => place)));
  const all = arrangements.reduce((product, count) => product * count, 1);
  const tables = strata.map((each) =>
    each.map((a) => each.map((b) => comparison(a.measured, b.measured))),
  );
  const places = strata.map((each) => each.map(({ place }) => place));
  const scoreOf = (placed: readonly (readonly number[])[]) =>
    placed.reduce((sum, own, i) => sum + score(own, tables[i] as number[][]), 0);
  const { as, against } = pairs(places, tables);
  const observed = as - against;
  const [only] = places;
  let p: number;
  if (strata.length === 1 && only !== undefined && all <= mostExact) {
    let atLeast = 0;
    for (const arranged of permutations(only)) if (scoreOf([arranged]) >= observed) atLeast++;
    p = atLeast / all;
  } else {
    const random = randomStream(0, "order-test");
    let atLeast = 0;
    for (let i = 0; i < draws; i++) {
      const shuffled = places.map((own) => shuffle([...own], (n) => random.integer(n)));
      if (scoreOf(shuffled) >= observed) atLeast++;
    }
    p = (1 + atLeast) / (1 + draws);
  }
  return { as, against, p, least: 1 / all };
}

/** 1 where b is surely greater than a, −1 where it is surely less, else 0. */
function comparison(a: Measured, b: Measured): number {
  if (a.happened && (b.happened ? b.value > a.value : b.value >= a.value)) return 1;
  if (b.happened && (a.happened ? a.value > b.value : a.value >= b.value)) return -1;
  return 0;
}

function score(places: readonly number[], table: readonly (readonly number[])[]): number {
  let sum = 0;
  for (const [i, place] of places.entries()) {
    for (let j = i + 1; j < places.length; j++) {
      const way = Math.sign((places[j] as number) - place);
      sum += way * (table[i]?.[j] as number);
    }
  }
  return sum;
}

function pairs(places: readonly (readonly number[])[], tables: readonly number[][][]) {
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

/** In how many ways labels can stand: n! / Π n_g!. */
function arrangementsOf(labels: readonly number[]): number {
  let count = 1;
  let placed = 0;
  for (const alike of group(labels, (label) => label).values()) {
    for (let k = 1; k <= alike.length; k++) count = (count * ++placed) / k;
  }
  return Math.round(count);
}

/** Every different order of some labels. */
function* permutations(labels: readonly number[]): Generator<number[]> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const order: number[] = [];
  function* rest(): Generator<number[]> {
    if (order.length === labels.length) {
      yield order;
      return;
    }
    for (const [label, left] of counts) {
      if (left === 0) continue;
      counts.set(label, left - 1);
      order.push(label);
      yield* rest();
      order.pop();
      counts.set(label, left);
    }
  }
  yield* rest();
}

function shuffle(values: number[], integer: (below: number) => number): number[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = integer(i + 1);
    [values[i], values[j]] = [values[j] as number, values[i] as number];
  }
  return values;
}
