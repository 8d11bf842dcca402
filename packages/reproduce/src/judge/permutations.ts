import { group } from "d3-array";

/** In how many ways labels can stand: n! / Π n_g!. */
export function arrangementsOf(labels: readonly number[]): number {
  let count = 1;
  let placed = 0;
  for (const alike of group(labels, (label) => label).values()) {
    for (let k = 1; k <= alike.length; k++) count = (count * ++placed) / k;
  }
  return Math.round(count);
}

/** Every different order of some labels. */
export function* permutations(labels: readonly number[]): Generator<number[]> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const order: number[] = [];
  function* rest(): Generator<number[]> {
    if (order.length === labels.length) {
      yield [...order];
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
