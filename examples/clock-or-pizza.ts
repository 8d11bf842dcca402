// Clock or pizza? Two transformers learn the same sums by different algorithms (Zhong et al. 2023). One
// chooses by attention what to multiply, the other's attention is always uniform. Patching tells which
// is which: the clock needs the attention pattern of its own input, the pizza does not.
import { stopBackend, useBackend } from "@grok/backend";
import { type Batch, binaryTask, split, trainingData } from "@grok/data";
import { patch, type Subject, scoreSubject } from "@grok/inspect";
import { type Network, nanda, networkOf, type PlannedOptions } from "@grok/models";
import { registerStockGradients, softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

await useBackend("auto", { threads: 1 });
// The pattern passes through operations of tfjs below, whose gradients are registered once.
await registerStockGradients();
const p = 31;
const seed = 1;
const task = binaryTask({ operation: "+", p, layout: "nanda" });
const network = networkOf(nanda(p, { dModel: 64, heads: 4 }));
const pattern = "layers.0.attention.pattern";

/** The network with the attention α·softmax + (1 − α)·uniform, by a hook at the pattern. */
function withAttention(alpha: number): Network {
  // A position sees itself and those before it.
  const uniform = tf.tensor2d([
    [1, 0, 0],
    [1 / 2, 1 / 2, 0],
    [1 / 3, 1 / 3, 1 / 3],
  ]); // [query, key]
  const mixed = ({ at, ...options }: PlannedOptions = {}): PlannedOptions => ({
    ...options,
    at: {
      ...at,
      [pattern]: (x: tf.Tensor) => {
        const mix = tf.add(tf.mul(x, alpha), tf.mul(uniform, 1 - alpha)); // [example, head, query, key]
        return at?.[pattern]?.(mix) ?? mix;
      },
    },
  });
  return {
    parameters: network.parameters,
    points: network.points,
    anatomy: network.anatomy,
    cost: network.cost,
    hasDropout: network.hasDropout,
    initialise: (from) => network.initialise(from),
    plan: (batch) => network.plan(batch, { points: true }),
    forward: (parameters, plan, options) => network.forward(parameters, plan, mixed(options)),
  };
}

/** Trains a network on four fifths of the sums, and gives it with all of them. */
function trained(of: Network, steps: number): Subject {
  const data = trainingData(task, { seed, trainFraction: 0.8, mode: "full" });
  const parameters = of.initialise(seed);
  const optimizer = adamW({ learningRate: 2e-3, weightDecay: 2, beta2: 0.98 });
  const state = optimizer.initialise(parameters);
  const loss = (batch: Batch) =>
    softmaxCrossEntropy(
      of.forward(parameters, of.plan({ ...task, ...batch })),
      tf.tensor1d(batch.labels, "int32"),
    );
  for (let step = 0; step < steps; step++) {
    const { gradients, value } = valueAndGradients(parameters, () => loss(data.batch(step)));
    optimizer.step(parameters, gradients, state, step);
    tf.dispose([gradients, value]);
  }
  const { pairs: _, ...examples } = task.dataset();
  const { train } = split(examples.size, 0.8, seed);
  const { length, answerPositions } = task;
  return { network: of, parameters, examples, length, answerPositions, train };
}

// For each pair (a, b) the pair (a + 7, b − 7): another question with the same answer.
const rows = Int32Array.from({ length: p * p }, (_, row) => {
  const [a, b] = [Math.floor(row / p), row % p];
  return ((a + 7) % p) * p + ((b - 7 + p) % p);
});

for (const [name, alpha] of [
  ["clock", 1],
  ["pizza", 0],
] as const) {
  const subject = trained(alpha === 1 ? network : withAttention(alpha), 400);
  const whole = await scoreSubject(subject);
  const patched = await patch(subject, [{ point: pattern }], { rows });
  console.log(name, whole.val_acc! > 0.9, patched.accuracy! > 0.9);
  // clock true false
  // pizza true true
}
await stopBackend();
