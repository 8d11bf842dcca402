import { matrixShape } from "../../wasm/kernels/kernel";
import { keyPlacesOf, queryPlacesOf } from "../scatter";
import type { Value } from "../value";
import { findKeys, makeCall, turnedSource, turns } from "./attention-call";
import { kernel } from "./kernel";

export const attentionGradient = kernel(
  "GrokAttentionGrad",
  (host, { q, k, v, queries, keyRows, state, dy }, { heads, rotaryBase }) => {
    const [n] = matrixShape(queries);
    const [, depth] = matrixShape(keyRows);
    const width = q.shape[1] as number;
    const e = width / heads;
    const sizes = { n, depth, heads, e };
    const rotary = rotaryBase > 0;
    const [nq, nk] = [q.shape[0] as number, k.shape[0] as number];
    const [dq, dk, dv] = [
      host.memory.output(q.shape),
      host.memory.output(k.shape),
      host.memory.output(v.shape),
    ] as const;
    const rows = { queries: host.memory.input(queries), keyRows: host.memory.input(keyRows) };
    const given = { weights: host.memory.input(state), dy: host.memory.input(dy) };
    // Behind the scores' gradients, each query's position, as a float.
    const dScores = host.memory.temporary(n * heads * depth + n);
    const turning: Record<string, Value> = rotary
      ? { turns: turns(host, depth, e, rotaryBase) }
      : {};
    host.run(
      makeCall(
        "score gradients",
        { v: host.memory.input(v), ...rows, ...given },
        { dScores },
        sizes,
        {
          rotary: false,
          rows: 0,
          threads: n * heads,
          body: `  let query = i / heads();
  let head = i % heads();
  ${findKeys}
  if (head == 0u) { dScores[n() * heads() * depth() + query] = f32(count - 1u); }
  let first = i * depth();
  let base = query * width + head * e();
  var mean = 0.0;
  for (var j = 0u; j < count; j++) {
    let at = u32(keyRows[list + j]) * width + head * e();
    var slope = 0.0;
    for (var c = 0u; c < e(); c++) { slope += dy[base + c] * v[at + c]; }
    dScores[first + j] = slope;
    mean += weights[first + j] * slope;
  }
  for (var j = 0u; j < count; j++) {
    dScores[first + j] = weights[first + j] * (dScores[first + j] - mean) * factor();
  }`,
        },
      ),
      makeCall(
        "query gradients",
        {
          k: host.memory.input(k),
          ...rows,
          places: queryPlacesOf(host, queries, nq),
          dScores,
          ...turning,
        },
        { dq: host.memory.input(dq) },
        sizes,
        {
          rotary,
          rows: nq,
          threads: nq * width,
          body: `  let row = i / width;
  let feature = i % width;
  var sum = 0.0;
  for (var place = places[row]; place < places[row + 1u]; place++) {
    let query = u32(places[rows() + 1u + u32(place)]);
    let list = u32(queries[3u * query + 1u]) * depth();
    let first = (query * heads() + feature / e()) * depth();
    let last = u32(dScores[n() * heads() * depth() + query]);
    for (var j = 0u; j <= last; j++) {
      let base = u32(keyRows[list + j]) * width;
      let distance = last - j;
      ${turnedSource("k", rotary, true)}
      sum += dScores[first + j] * turned;
    }
  }
  dq[i] = sum;`,
        },
      ),
      makeCall(
        "key and value gradients",
        {
          q: host.memory.input(q),
          places: keyPlacesOf(host, keyRows, queries, nk),
          dScores,
          ...given,
          ...turning,
        },
        { dk: host.memory.input(dk), dv: host.memory.input(dv) },
        sizes,
        {
          rotary,
          rows: nk,
          threads: nk * width,
          body: `  let row = i / width;
  let feature = i % width;
  var dKey = 0.0;
  var dValue = 0.0;
  let list = rows() + 1u;
  let all = u32(places[rows()]);
  for (var place = u32(places[row]); place < u32(places[row + 1u]); place++) {
    let which = u32(places[list + place]);
    let query = which / depth();
    let j = which % depth();
    let base = u32(places[list + all + place]) * width;
    let distance = u32(dScores[n() * heads() * depth() + query]) - j;
    let at = (query * heads() + feature / e()) * depth() + j;
    ${turnedSource("q", rotary, false)}
    dKey += dScores[at] * turned;
    dValue += weights[at] * dy[query * width + feature];
  }
  dk[i] = dKey;
  dv[i] = dValue;`,
        },
      ),
    );
    return [dq, dk, dv];
  },
);
