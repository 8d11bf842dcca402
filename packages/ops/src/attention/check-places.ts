import type * as tf from "@tensorflow/tfjs-core";
import { integersOf, type Range, rangeOf, requireWithin } from "../index-range";

/** What queries and their lists name. */
interface Places {
  /** The data of the lists that were looked at with the queries. */
  keyRows: object;
  rows: Range;
  lists: Range;
  counts: Range;
  /** Rows of k and v, of what a query counts. */
  keys: Range;
}

/** Of queries that were looked at before, by their data: that never changes. */
const known = new WeakMap<object, Places>();

/**
 * Checks that queries name rows of q, lists and counts that there are, and their lists rows of k. Each
 * pair of tensors is looked at once, as by `checkIndices`.
 *
 * @throws RangeError for one that names what is not there
 */
export function checkPlaces(
  name: string,
  q: tf.Tensor,
  k: tf.Tensor,
  queries: tf.Tensor,
  keyRows: tf.Tensor,
): void {
  let places = known.get(queries.dataId);
  if (places?.keyRows !== keyRows.dataId) {
    const made = placesOf(queries, keyRows);
    if (made === undefined) return;
    places = made;
    known.set(queries.dataId, places);
  }
  const { rows, lists, counts, keys } = places;
  const [listCount, depth] = keyRows.shape as [number, number];
  requireWithin(name, "queries", rows, [0, (q.shape[0] as number) - 1], "row of q");
  requireWithin(name, "queries", lists, [0, listCount - 1], "list of keyRows");
  requireWithin(name, "queries", counts, [1, depth], "count of keys");
  requireWithin(name, "keyRows", keys, [0, (k.shape[0] as number) - 1], "row of k");
}

/** Reads both tensors; undefined if their numbers cannot be had without waiting. */
function placesOf(queries: tf.Tensor, keyRows: tf.Tensor): Places | undefined {
  const threes = integersOf(queries);
  const keys = integersOf(keyRows);
  if (threes === undefined || keys === undefined) return undefined;
  const [listCount, depth] = keyRows.shape as [number, number];
  const counted = new Int32Array(listCount);
  for (let i = 0; i < threes.length; i += 3) {
    const list = threes[i + 1] as number;
    const count = threes[i + 2] as number;
    if (count > (counted[list] ?? count)) counted[list] = count;
  }
  let least = 0x7fffffff;
  let greatest = -0x80000000;
  for (let list = 0; list < listCount; list++) {
    const first = list * depth;
    const last = first + Math.min(depth, counted[list] as number);
    for (let i = first; i < last; i++) {
      const key = keys[i] as number;
      if (key < least) least = key;
      if (key > greatest) greatest = key;
    }
  }
  return {
    keyRows: keyRows.dataId,
    rows: rangeOf(threes, 0, 3),
    lists: rangeOf(threes, 1, 3),
    counts: rangeOf(threes, 2, 3),
    keys: { least, greatest },
  };
}
