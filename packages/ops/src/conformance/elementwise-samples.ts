import { activate } from "../activation/activation";
import { activationKinds } from "../activation/activation-kind";
import { dropout } from "../dropout/dropout";
import { add, reshape, scale } from "../elementwise/elementwise";
import { swiglu } from "../swiglu/swiglu";
import { awayFromZero, normal } from "./sample-data";
import { get, type Sampler, sizes } from "./sampler";

const activations = activationKinds.filter((kind) => kind !== "none");

export const sampleActivate: Sampler = (random) => {
  const kind = random.pick(activations);
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `${kind} [${shape}]`,
    inputs: { x: awayFromZero(normal(random, ...shape)) },
    differentiable: ["x"],
    run: (t) => [activate(get(t, "x"), kind)],
  };
};

export const sampleAdd: Sampler = (random) => {
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${shape}]`,
    inputs: { x: normal(random, ...shape), y: normal(random, ...shape) },
    differentiable: ["x", "y"],
    run: (t) => [add(get(t, "x"), get(t, "y"))],
  };
};

export const sampleDropout: Sampler = (random) => {
  const options = { rate: random.pick([0.1, 0.2, 0.5, 0.9]), key: random.integer(-5, 2 ** 31 - 1) };
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `rate ${options.rate} key ${options.key} [${shape}]`,
    inputs: { x: normal(random, ...shape) },
    differentiable: ["x"],
    run: (t) => [dropout(get(t, "x"), options)],
  };
};

export const sampleReshape: Sampler = (random) => {
  const [n, d] = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${n}, ${2 * d}] to [${2 * n}, ${d}]`,
    inputs: { x: normal(random, n, 2 * d) },
    differentiable: ["x"],
    run: (t) => [reshape(get(t, "x"), [2 * n, d])],
  };
};

export const sampleScale: Sampler = (random) => {
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${shape}]`,
    inputs: { x: normal(random, ...shape) },
    differentiable: ["x"],
    run: (t) => [scale(get(t, "x"), -1.5)],
  };
};

export const sampleSwiglu: Sampler = (random) => {
  const shape = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${shape}]`,
    inputs: { gate: normal(random, ...shape), up: normal(random, ...shape) },
    differentiable: ["gate", "up"],
    run: (t) => [swiglu(get(t, "gate"), get(t, "up"))],
  };
};
