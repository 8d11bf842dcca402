import { rotaryAngles } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import { matrixShape } from "../../wasm/kernels/kernel";
import type { WebgpuHost } from "../host";
import type { Call } from "../node";
import type { BufferSpec, Program } from "../program";
import { keyPlacesOf, queryPlacesOf } from "../scatter";
import type { Value } from "../value";
import { kernel } from "./kernel";

type Inputs = Record<"q" | "k" | "v" | "queries" | "keyRows", tf.TensorInfo>;
type GradientInputs = Inputs & { state: tf.TensorInfo; dy: tf.TensorInfo };
type Attributes = { heads: number; rotaryBase: number };

const THREADS = 64;

/**
 * Cosine and sine of each pair of features by distance from the key, in turn: a query is turned by its
 * distance, the key not at all.
 *
 * @returns [depth, e/2, 2], one number without rotary positions
 */
function turns(host: WebgpuHost, depth: number, e: number, base: number): Value {
  return host.memory.constant(`turns ${base} ${base > 0 ? `${depth} ${e}` : ""}`, () => {
    if (base === 0) return new Float32Array(1);
    const { cos, sin } = rotaryAngles(depth, e, base);
    return Float32Array.from(
      { length: 2 * cos.length },
      (_, i) => ((i & 1) === 0 ? cos : sin)[i >> 1] as number,
    );
  });
}

/** n queries, at most `depth` keys each, heads of width e. */
interface Sizes {
  n: number;
  depth: number;
  heads: number;
  e: number;
}

/** Bindings by name: what is written comes last. */
function makeCall(
  name: string,
  reads: Record<string, Value>,
  writes: Record<string, Value>,
  { n, depth, heads, e }: Sizes,
  { rotary, rows, threads, body }: { rotary: boolean; rows: number; threads: number; body: string },
): Call {
  const indices = ["queries", "keyRows", "places"];
  const spec = (each: string, isWritten: boolean): BufferSpec => ({
    name: each,
    type: indices.includes(each) ? "i32" : "f32",
    writes: isWritten,
  });
  const program: Program = {
    key: `attention ${name} ${rotary}`,
    buffers: [
      ...Object.keys(reads).map((each) => spec(each, false)),
      ...Object.keys(writes).map((each) => spec(each, true)),
    ],
    parameters: [
      ...["n", "depth", "heads", "e", "rows"].map((each) => ({ name: each, type: "u32" as const })),
      { name: "factor", type: "f32" },
      { name: "size", type: "u32" },
    ],
    threads: THREADS,
    body: `  let i = group * ${THREADS}u + thread;
  if (i >= size()) { return; }
  let width = heads() * e();
${body}`,
  };
  return {
    program,
    values: [...Object.values(reads), ...Object.values(writes)],
    settings: [n, depth, heads, e, rows, e ** -0.5, threads],
    groups: Math.ceil(threads / THREADS),
  };
}

/** Where the list of query `query` begins, and how many keys of it the query has. */
const findKeys = `let list = u32(queries[3u * query + 1u]) * depth();
  let count = u32(queries[3u * query + 2u]);`;

const attention = kernel<Inputs, Attributes>("GrokAttention", attend);

const attentionWeights = kernel<Omit<Inputs, "v">, Attributes>(
  "GrokAttentionWeights",
  (host, inputs, attributes) => {
    const [y, weights] = attend(host, { ...inputs, v: inputs.k }, attributes);
    host.backend.disposeData(y.dataId);
    return [weights];
  },
);

/** Gives y and the weights. */
function attend(
  host: WebgpuHost,
  { q, k, v, queries, keyRows }: Inputs,
  { heads, rotaryBase }: Attributes,
): [y: tf.TensorInfo, weights: tf.TensorInfo] {
  const [n] = matrixShape(queries);
  const [, depth] = matrixShape(keyRows);
  const width = q.shape[1] as number;
  const e = width / heads;
  const sizes = { n, depth, heads, e };
  const rotary = rotaryBase > 0;
  const y = host.memory.output([n, width]);
  const weights = host.memory.output([n, heads, depth]);
  if (n === 0) return [y, weights];
  const rows = { queries: host.memory.input(queries), keyRows: host.memory.input(keyRows) };
  const product = rotary
    ? `for (var p = 0u; p < e() / 2u; p++) {
      let turn = 2u * ((count - 1u - j) * (e() / 2u) + p);
      let c = turns[turn];
      let s = turns[turn + 1u];
      let x = q[base + 2u * p];
      let z = q[base + 2u * p + 1u];
      score += k[at + 2u * p] * (x * c - z * s) + k[at + 2u * p + 1u] * (x * s + z * c);
    }`
    : "for (var c = 0u; c < e(); c++) { score += k[at + c] * q[base + c]; }";
  host.run(
    makeCall(
      "forward",
      {
        q: host.memory.input(q),
        k: host.memory.input(k),
        v: host.memory.input(v),
        ...rows,
        ...(rotary ? { turns: turns(host, depth, e, rotaryBase) } : {}),
      },
      { weights: host.memory.input(weights), y: host.memory.input(y) },
      sizes,
      {
        rotary,
        rows: 0,
        threads: n * heads,
        body: `  let query = i / heads();
  let head = i % heads();
  ${findKeys}
  let base = u32(queries[3u * query]) * width + head * e();
  let first = i * depth();
  var top = 0.0;
  for (var j = 0u; j < count; j++) {
    let at = u32(keyRows[list + j]) * width + head * e();
    var score = 0.0;
    ${product}
    score *= factor();
    weights[first + j] = score;
    top = select(max(top, score), score, j == 0u);
  }
  var sum = 0.0;
  for (var j = 0u; j < count; j++) {
    let exponent = exp(weights[first + j] - top);
    weights[first + j] = exponent;
    sum += exponent;
  }
  for (var j = 0u; j < depth(); j++) {
    weights[first + j] = select(0.0, weights[first + j] / sum, j < count);
  }
  for (var c = 0u; c < e(); c++) {
    let feature = head * e() + c;
    var mixed = 0.0;
    for (var j = 0u; j < count; j++) {
      mixed += weights[first + j] * v[u32(keyRows[list + j]) * width + feature];
    }
    y[query * width + feature] = mixed;
  }`,
      },
    ),
  );
  return [y, weights];
}

/** Sets `turned` to feature `feature` of `SOURCE` at `from`, turned by `distance`, and back if −1. */
function turnedSource(source: string, rotary: boolean, back: boolean): string {
  if (!rotary) return `let turned = ${source}[base + feature];`;
  return `let turn = 2u * (distance * (e() / 2u) + (feature % e()) / 2u);
    let isOdd = (feature & 1u) == 1u;
    let other = ${source}[base + (feature ^ 1u)];
    let s = ${back ? "-" : ""}turns[turn + 1u];
    let turned = ${source}[base + feature] * turns[turn] + select(-other, other, isOdd) * s;`;
}

const attentionGradient = kernel<GradientInputs, Attributes>(
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

export const attentionKernels = [attention, attentionWeights, attentionGradient];
