import type { ActivationKind } from "../activation/activation-kind";
import { layerNorm } from "../layer-norm/layer-norm";
import { linear } from "../linear/linear";
import { rmsNorm } from "../rms-norm/rms-norm";
import type { TensorData } from "./sample";
import { ids, normal } from "./sample-data";
import { get, maybeBias, type Sampler, sizes } from "./sampler";

export const sampleLayerNorm: Sampler = (random) => {
  const [n, d] = [random.pick(sizes), random.pick(sizes.slice(2))];
  const bias = maybeBias(random, d);
  return {
    label: `[${n}, ${d}] ${Object.keys(bias).join()}`,
    inputs: { x: normal(random, n, d), gain: normal(random, d), ...bias },
    differentiable: ["x", "gain", ...Object.keys(bias)],
    run: (t) => [layerNorm(get(t, "x"), get(t, "gain"), t.bias, { eps: 1e-5 })],
  };
};

export const sampleLinear: Sampler = (random) => {
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
export const sampleLinearRelu: Sampler = (random) => {
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

export const sampleRmsNorm: Sampler = (random) => {
  const [n, d] = [random.pick(sizes), random.pick(sizes.slice(1))];
  return {
    label: `[${n}, ${d}]`,
    inputs: { x: normal(random, n, d), gain: normal(random, d) },
    differentiable: ["x", "gain"],
    run: (t) => [rmsNorm(get(t, "x"), get(t, "gain"), { eps: 1e-5 })],
  };
};
