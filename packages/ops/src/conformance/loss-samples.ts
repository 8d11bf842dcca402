import { scale } from "../elementwise/elementwise";
import { hinge } from "../hinge/hinge";
import { lossPrecisions, normalizers } from "../softmax-cross-entropy/cross-entropy-options";
import { softmaxCrossEntropy } from "../softmax-cross-entropy/softmax-cross-entropy";
import { labelSquaredError, squaredError } from "../squared-error/squared-error";
import { awayFromZero, confident, ids, normal } from "./sample-data";
import { get, type Sampler, sizes } from "./sampler";

export const sampleSoftmaxCrossEntropy: Sampler = (random) => {
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

export const sampleSmoothing: Sampler = (random) => {
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

export const sampleLabelSquaredError: Sampler = (random) => {
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

export const sampleSquaredError: Sampler = (random) => {
  const [n, values] = [random.pick(sizes), random.pick(sizes)];
  return {
    label: `[${n}, ${values}]`,
    inputs: { outputs: normal(random, n, values), targets: normal(random, n, values) },
    differentiable: ["outputs"],
    run: (t) => [squaredError(get(t, "outputs"), get(t, "targets"))],
  };
};

export const sampleHinge: Sampler = (random) => {
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
