import type * as tf from "@tensorflow/tfjs-core";
import { type ActivationKind, activate, activationKinds } from "../activation/activation";
import { attention, attentionWeights } from "../attention/attention";
import { dropout } from "../dropout/dropout";
import { add, reshape, scale } from "../elementwise/elementwise";
import { embedding } from "../embedding/embedding";
import { embeddingSum } from "../embedding/embedding-sum";
import { embeddingTables } from "../embedding/embedding-tables";
import { hinge } from "../hinge/hinge";
import { layerNorm } from "../layer-norm/layer-norm";
import { linear } from "../linear/linear";
import { rmsNorm } from "../rms-norm/rms-norm";
import { lossPrecisions, normalizers } from "../softmax-cross-entropy/row-losses";
import { softmaxCrossEntropy } from "../softmax-cross-entropy/softmax-cross-entropy";
import { labelSquaredError, squaredError } from "../squared-error/squared-error";
import { swiglu } from "../swiglu/swiglu";
import type { RandomSource } from "./random-source";
import type { Sample, TensorData } from "./sample";
import { awayFromZero, confident, ids, normal } from "./sample-data";

/** Draws a sample of an operation: other shapes and settings each time, odd and tiny ones included. */
export type Sampler = (random: RandomSource) => Sample;

type Inputs = Record<string, tf.Tensor>;
const get = (inputs: Inputs, name: string): tf.Tensor => inputs[name] as tf.Tensor;

const activations = activationKinds.filter((kind) => kind !== "none");
const sizes = [1, 2, 3, 5, 7, 8, 13, 14, 21, 32, 33];

const sampleActivate: Sampler = (random) => {
  const kind = random.pick(activations);
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `${kind} [${shape}]`,
    inputs: { x: awayFromZero(normal(random, ...shape)) },
    differentiable: ["x"],
    run: (t) => [activate(get(t, "x"), kind)],
  };
};

const sampleAdd: Sampler = (random) => {
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${shape}]`,
    inputs: { x: normal(random, ...shape), y: normal(random, ...shape) },
    differentiable: ["x", "y"],
    run: (t) => [add(get(t, "x"), get(t, "y"))],
  };
};

const sampleAttention: Sampler = (random) => {
  const heads = random.pick([1, 2, 4]);
  const rotaryBase = random.pick([0, 1e4, 1e6]);
  const headDim = rotaryBase > 0 ? random.pick([2, 6, 8, 32]) : random.pick([1, 3, 7, 8, 32]);
  const [n, depth] = [random.pick(sizes), random.pick([1, 2, 4, 5, 33])];
  // With one key in all, the gradients of q and k are 0 but for rounding.
  const [nq, nk] = [random.integer(1, n + 2), random.integer(2, n * depth + 1)];
  const settings = { heads, headDim, rotaryBase };
  return attentionSample(random, {
    ...settings,
    n,
    depth,
    nq,
    nk,
    lists: random.integer(1, n),
    scale: 1,
  });
};

/**
 * Few rows, which many queries share, in narrow heads. Scores of float32 are off by their size times
 * 6e-8, and so are exponentials: larger ones are compared with a bound that allows for it.
 */
const sampleNarrowAttention: Sampler = (random) => {
  const heads = random.pick([1, 1, 2, 3]);
  const headDim = random.pick([1, 2, 3, 4, 5, 7, 8, 11, 12, 14, 15]);
  const [depth, lists] = [random.pick([4, 7, 13]), random.integer(1, 20)];
  const n = random.integer(30, 90);
  const [nq, nk] = [random.integer(1, 4), random.integer(8, 21)];
  const scale = random.pick([1, 1, 2, 3]);
  return attentionSample(random, { heads, headDim, rotaryBase: 0, n, depth, nq, nk, lists, scale });
};

function attentionSample(
  random: RandomSource,
  sizes: Record<
    "heads" | "headDim" | "rotaryBase" | "n" | "depth" | "nq" | "nk" | "lists" | "scale",
    number
  >,
): Sample {
  const { heads, headDim, rotaryBase, n, depth, nq, nk, lists, scale: size } = sizes;
  const width = heads * headDim;
  const queries = ids(random, nq, n, 3);
  for (let i = 0; i < n; i++) {
    queries.values[3 * i + 1] = random.integer(0, lists - 1);
    queries.values[3 * i + 2] = random.integer(1, depth);
  }
  const q = normal(random, nq, width);
  return {
    label: JSON.stringify(sizes),
    inputs: {
      q: { ...q, values: q.values.map((x) => x * size) as Float32Array },
      k: normal(random, nk, width),
      v: normal(random, nk, width),
      queries,
      keyRows: ids(random, nk, lists, depth),
    },
    differentiable: ["q", "k", "v"],
    run: (t) => {
      const [q, k, v] = [get(t, "q"), get(t, "k"), get(t, "v")];
      const [queries, rows] = [get(t, "queries"), get(t, "keyRows")];
      return [
        attention(q, k, v, queries, rows, { heads, rotaryBase }),
        attentionWeights(q, k, queries, rows, { heads, rotaryBase }),
      ];
    },
  };
}

const sampleDropout: Sampler = (random) => {
  const options = { rate: random.pick([0.1, 0.2, 0.5, 0.9]), key: random.integer(-5, 2 ** 31 - 1) };
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `rate ${options.rate} key ${options.key} [${shape}]`,
    inputs: { x: normal(random, ...shape) },
    differentiable: ["x"],
    run: (t) => [dropout(get(t, "x"), options)],
  };
};

const sampleEmbedding: Sampler = (random) => {
  const [rows, width, n] = [random.pick(sizes), random.pick(sizes), random.integer(1, 70)];
  return {
    label: `[${rows}, ${width}] n ${n}`,
    inputs: { table: normal(random, rows, width), ids: ids(random, rows, n) },
    differentiable: ["table"],
    run: (t) => [embedding(get(t, "table"), get(t, "ids"))],
  };
};

const sampleEmbeddingTables: Sampler = (random) => {
  const [p, d, h, slots] = [
    random.pick(sizes),
    random.pick(sizes),
    random.pick(sizes),
    random.integer(1, 3),
  ];
  return {
    label: `p ${p} d ${d} h ${h} slots ${slots}`,
    inputs: { embedding: normal(random, p, d), weight: normal(random, slots * d, h) },
    differentiable: ["embedding", "weight"],
    run: (t) => [embeddingTables(get(t, "embedding"), get(t, "weight"))],
  };
};

/** A bias input or none. */
function maybeBias(random: RandomSource, width: number): Record<string, TensorData> {
  return random.uniform() < 0.7 ? { bias: normal(random, width) } : {};
}

const sampleEmbeddingSum: Sampler = (random) => {
  const [rows, h, slots, n] = [
    random.pick(sizes),
    random.pick(sizes),
    random.integer(1, 3),
    random.integer(1, 70),
  ];
  const activation: ActivationKind = random.pick(["none", "gelu", "silu"]);
  const factor = random.pick([1, 0.25]);
  const bias = maybeBias(random, h);
  return {
    label: `[${rows}, ${h}] n ${n} slots ${slots} ${activation} scale ${factor} ${Object.keys(bias).join()}`,
    inputs: { table: normal(random, rows, h), ids: ids(random, rows, n, slots), ...bias },
    differentiable: ["table", ...Object.keys(bias)],
    run: (t) => [
      embeddingSum(get(t, "table"), get(t, "ids"), t.bias, { activation, scale: factor }),
    ],
  };
};

const sampleLayerNorm: Sampler = (random) => {
  const [n, d] = [random.pick(sizes), random.pick(sizes.slice(2))];
  const bias = maybeBias(random, d);
  return {
    label: `[${n}, ${d}] ${Object.keys(bias).join()}`,
    inputs: { x: normal(random, n, d), gain: normal(random, d), ...bias },
    differentiable: ["x", "gain", ...Object.keys(bias)],
    run: (t) => [layerNorm(get(t, "x"), get(t, "gain"), t.bias, { eps: 1e-5 })],
  };
};

const sampleLinear: Sampler = (random) => {
  const [n, inputs, outputs] = [random.pick(sizes), random.pick(sizes), random.pick(sizes)];
  const activation: ActivationKind = random.pick(["none", "gelu", "silu"]);
  const transposeWeight = random.uniform() < 0.4;
  const bias = maybeBias(random, outputs);
  const weight = transposeWeight ? [outputs, inputs] : [inputs, outputs];
  return {
    label: `[${n}, ${inputs}]·[${weight}]${transposeWeight ? "ᵀ" : ""} ${activation} ${Object.keys(bias).join()}`,
    inputs: { x: normal(random, n, inputs), weight: normal(random, ...weight), ...bias },
    differentiable: ["x", "weight", ...Object.keys(bias)],
    run: (t) => [linear(get(t, "x"), get(t, "weight"), t.bias, { activation, transposeWeight })],
  };
};

/** relu with a bias far enough from the kink: x·W is 0 or a whole number, and the bias is not. */
const sampleLinearRelu: Sampler = (random) => {
  const [n, inputs, outputs] = [random.pick(sizes), random.pick(sizes), random.pick(sizes)];
  const whole = (...shape: number[]): TensorData => {
    const data = ids(random, 5, ...shape);
    return { shape, values: Float32Array.from(data.values, (x) => x - 2) };
  };
  return {
    label: `[${n}, ${inputs}]·[${inputs}, ${outputs}] relu`,
    inputs: {
      x: whole(n, inputs),
      weight: whole(inputs, outputs),
      bias: { shape: [outputs], values: new Float32Array(outputs).fill(0.5) },
    },
    differentiable: ["x", "weight", "bias"],
    run: (t) => [linear(get(t, "x"), get(t, "weight"), t.bias, { activation: "relu" })],
  };
};

const sampleReshape: Sampler = (random) => {
  const [n, d] = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${n}, ${2 * d}] to [${2 * n}, ${d}]`,
    inputs: { x: normal(random, n, 2 * d) },
    differentiable: ["x"],
    run: (t) => [reshape(get(t, "x"), [2 * n, d])],
  };
};

const sampleRmsNorm: Sampler = (random) => {
  const [n, d] = [random.pick(sizes), random.pick(sizes.slice(1))];
  return {
    label: `[${n}, ${d}]`,
    inputs: { x: normal(random, n, d), gain: normal(random, d) },
    differentiable: ["x", "gain"],
    run: (t) => [rmsNorm(get(t, "x"), get(t, "gain"), { eps: 1e-5 })],
  };
};

const sampleScale: Sampler = (random) => {
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${shape}]`,
    inputs: { x: normal(random, ...shape) },
    differentiable: ["x"],
    run: (t) => [scale(get(t, "x"), -1.5)],
  };
};

const sampleSoftmaxCrossEntropy: Sampler = (random) => {
  const group = random.integer(1, 3);
  const [n, classes] = [group * random.pick(sizes), random.pick([2, 3, 14, 97, 99, 114])];
  const normalizer = random.pick(normalizers);
  const precision = random.pick(lossPrecisions);
  // In double precision what float32 would round away: losses down to e^−30, brought back to 1.
  const gap = precision === "float64" ? random.pick([0, 10, 20, 30]) : 0;
  const labels = ids(random, classes, n);
  const drawn = normal(random, n, classes);
  // StableMax has a kink at 0.
  const plain = normalizer === "stablemax" ? awayFromZero(drawn) : drawn;
  const lifted = (top: number) => (normalizer === "stablemax" ? Math.exp(gap) : top + gap);
  return {
    label: `[${n}, ${classes}] group ${group} ${normalizer} ${precision} ${gap}`,
    inputs: { logits: gap === 0 ? plain : confident(plain, labels, lifted), labels },
    differentiable: ["logits"],
    run: (t) => {
      const { loss, correct } = softmaxCrossEntropy(get(t, "logits"), get(t, "labels"), {
        group,
        normalizer,
        precision,
      });
      return [scale(loss, Math.exp(gap)), correct];
    },
  };
};

const sampleSmoothing: Sampler = (random) => {
  const group = random.integer(1, 3);
  const [n, classes] = [group * random.pick(sizes), random.pick([2, 3, 14, 97])];
  const smoothing = random.pick([0.01, 0.1, 0.5]);
  return {
    label: `[${n}, ${classes}] group ${group} smoothing ${smoothing}`,
    inputs: { logits: normal(random, n, classes), labels: ids(random, classes, n) },
    differentiable: ["logits"],
    run: (t) => {
      const options = { group, smoothing };
      const { loss, correct } = softmaxCrossEntropy(get(t, "logits"), get(t, "labels"), options);
      return [loss, correct];
    },
  };
};

const sampleLabelSquaredError: Sampler = (random) => {
  const group = random.integer(1, 3);
  const [n, classes] = [group * random.pick(sizes), random.pick([2, 3, 14, 97])];
  const options = { group, scale: random.pick([1, 5]), center: random.pick([0, 1 / classes]) };
  return {
    label: `[${n}, ${classes}] ${JSON.stringify(options)}`,
    inputs: { outputs: normal(random, n, classes), labels: ids(random, classes, n) },
    differentiable: ["outputs"],
    run: (t) => {
      const { loss, correct } = labelSquaredError(get(t, "outputs"), get(t, "labels"), options);
      return [loss, correct];
    },
  };
};

const sampleSquaredError: Sampler = (random) => {
  const [n, values] = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${n}, ${values}]`,
    inputs: { outputs: normal(random, n, values), targets: normal(random, n, values) },
    differentiable: ["outputs"],
    run: (t) => [squaredError(get(t, "outputs"), get(t, "targets"))],
  };
};

const sampleHinge: Sampler = (random) => {
  const group = random.integer(1, 3);
  const binary = random.pick([true, false]);
  const [n, classes] = [group * random.pick(sizes), random.pick(binary ? [1, 2] : [2, 3, 14, 97])];
  // Outputs in halves and such margins keep every difference a quarter off its kink.
  const options = { group, margin: random.pick([0.75, 1.25]), binary };
  const outputs = normal(random, n, classes);
  const halves = outputs.values.map((x) => Math.round(2 * x) / 2) as Float32Array;
  return {
    label: `[${n}, ${classes}] ${JSON.stringify(options)}`,
    inputs: {
      outputs: { ...outputs, values: halves },
      labels: ids(random, Math.max(2, classes), n),
    },
    differentiable: ["outputs"],
    run: (t) => {
      const { loss, correct } = hinge(get(t, "outputs"), get(t, "labels"), options);
      return [loss, correct];
    },
  };
};

const sampleSwiglu: Sampler = (random) => {
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${shape}]`,
    inputs: { gate: normal(random, ...shape), up: normal(random, ...shape) },
    differentiable: ["gate", "up"],
    run: (t) => [swiglu(get(t, "gate"), get(t, "up"))],
  };
};

/** Samplers of every differentiable operation of this package, by name. */
export const operationSamplers: Record<string, Sampler> = {
  activate: sampleActivate,
  add: sampleAdd,
  attention: sampleAttention,
  crossEntropySmoothing: sampleSmoothing,
  dropout: sampleDropout,
  embedding: sampleEmbedding,
  embeddingSum: sampleEmbeddingSum,
  embeddingTables: sampleEmbeddingTables,
  hinge: sampleHinge,
  labelSquaredError: sampleLabelSquaredError,
  layerNorm: sampleLayerNorm,
  linear: sampleLinear,
  "linear with relu": sampleLinearRelu,
  narrowAttention: sampleNarrowAttention,
  reshape: sampleReshape,
  rmsNorm: sampleRmsNorm,
  scale: sampleScale,
  softmaxCrossEntropy: sampleSoftmaxCrossEntropy,
  squaredError: sampleSquaredError,
  swiglu: sampleSwiglu,
};
