// Takes a network apart: an MLP groks addition mod 23, and then loses its parts, one kind at a time.
import { useBackend } from "@grok/backend";
import { type Batch, binaryTask, split, trainingData } from "@grok/data";
import {
  ablate,
  gradientAttribution,
  inspectNeurons,
  type Subject,
  scoreSubject,
  survey,
} from "@grok/inspect";
import { cyclicGroup } from "@grok/metrics";
import { forward, mlp, networkOf } from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

// 1. Train until it has grokked.
await useBackend("auto", { threads: 1 });
const p = 23;
const task = binaryTask({ operation: "+", p, layout: "pair" });
const data = trainingData(task, { seed: 0, trainFraction: 0.7, mode: "full" });
const config = mlp(p);
const network = networkOf(config);
const parameters = network.initialise(0);
const optimizer = adamW({ learningRate: 3e-3, weightDecay: 3 });
const state = optimizer.initialise(parameters);
const loss = (batch: Batch) =>
  softmaxCrossEntropy(
    forward(config, parameters, { ...task, ...batch }),
    tf.tensor1d(batch.labels, "int32"),
  );
for (let step = 0; step < 600; step++) {
  const { gradients, value } = valueAndGradients(parameters, () => loss(data.batch(step)));
  optimizer.step(parameters, gradients, state, step);
  tf.dispose([gradients, value]);
}

// 2. The network with all pairs, and those of them that it was trained on.
const { pairs, ...examples } = task.dataset();
const subject: Subject = {
  network,
  parameters,
  examples,
  length: task.length,
  answerPositions: task.answerPositions,
  train: split(examples.size, 0.7, 0).train,
  group: cyclicGroup("+", p),
};
const whole = await scoreSubject(subject);
console.log(whole.val_acc! > 0.95); // true

// 3. Which frequency each neuron computes with, and how much of it that explains.
const neurons = await inspectNeurons(subject, 0, pairs);
const frequencies = [...new Set(neurons.map(({ frequency }) => frequency))].sort((a, b) => a - b);
for (const frequency of frequencies) {
  const own = neurons.filter((each) => each.frequency === frequency);
  const explained = own.reduce((sum, each) => sum + each.explained, 0) / own.length;
  console.log(`frequency ${frequency}: ${own.length} neurons, ${Math.round(100 * explained)}%`);
}

// 4. Without the embedding's frequencies: no single one is needed here, as they stand in for each other,
// and without all of them nothing is left.
const keys = frequencies.filter((frequency) => frequency > 0);
for (const { name, score } of await survey(subject, { frequencies: keys })) {
  console.log(`${name}: ${Math.round(100 * score.accuracy!)}% of all pairs`);
}

// 5. The neurons that one pass backward calls needed are: without them more is lost than without others.
const ranked = (await gradientAttribution(subject)).sort((a, b) => b.loss - a.loss);
const count = Math.floor(ranked.length / 5);
const of = (list: typeof ranked) => list.map(({ component }) => component);
const needed = await ablate(subject, of(ranked.slice(0, count)));
const spare = await ablate(subject, of(ranked.slice(-count)));
console.log(needed.loss! > spare.loss!); // true
