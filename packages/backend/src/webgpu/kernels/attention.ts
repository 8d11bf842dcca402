import type * as tf from "@tensorflow/tfjs-core";
import { matrixShape } from "../../wasm/kernels/kernel";
import type { WebgpuHost } from "../host";
import { type Attributes, findKeys, type Inputs, makeCall, turns } from "./attention-call";
import { attentionGradient } from "./attention-gradient";
import { kernel } from "./kernel";

const attention = kernel("GrokAttention", attend);

const attentionWeights = kernel("GrokAttentionWeights", (host, inputs, attributes) => {
  const [y, weights] = attend(host, { ...inputs, v: inputs.k }, attributes);
  host.backend.disposeData(y.dataId);
  return [weights];
});

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

export const attentionKernels = [attention, attentionWeights, attentionGradient];
