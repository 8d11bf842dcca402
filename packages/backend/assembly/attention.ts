import { attend } from "./attend";
import { at, float, int, pointer, share } from "./share";

/**
 * Query by query, as its keys come: for any rows, heads and positions. Queries are three numbers: row
 * of q, list of keys, how many of them.
 * args: q, k, v, queries, keyRows, weights, y, rotation, n, depth, heads, e, scale
 */
export function attention(args: usize, thread: i32, threads: i32): void {
  const q = pointer(args, 0);
  const k = pointer(args, 1);
  const v = pointer(args, 2);
  const queries = pointer(args, 3);
  const keyRows = pointer(args, 4);
  const weights = pointer(args, 5);
  const y = pointer(args, 6);
  const rotation = pointer(args, 7);
  const n = int(args, 8);
  const depth = int(args, 9);
  const heads = int(args, 10);
  const e = int(args, 11);
  const scale = float(args, 12);
  const width = heads * e;
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    const query = at(queries, 3 * i);
    const keys = at(keyRows, load<i32>(query, 4) * depth);
    const count = load<i32>(query, 8);
    const asking = at(q, load<i32>(query) * width);
    for (let h = 0; h < heads; h++) {
      const row = at(weights, (i * heads + h) * depth);
      const x = at(asking, h * e);
      const into = at(y, i * width + h * e);
      attend(x, at(k, h * e), at(v, h * e), keys, count, row, into, e, width, scale, rotation, depth);
      for (let j = count; j < depth; j++) store<f32>(at(row, j), 0);
    }
  }
}
