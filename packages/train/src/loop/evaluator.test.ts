import "@tensorflow/tfjs-backend-cpu";
import { type Batch, gather } from "@grok/data";
import { forward, greedyDecode, type TransformerConfig } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tiny, tinyExperiments } from "../../test/tiny";
import { assemble } from "../experiment/assembly";
import { dataOf, modelOf, taskOf } from "../experiment/build";
import type { Experiment } from "../experiment/experiment";
import { Evaluator } from "./evaluator";
import { Network } from "./network";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** Loss and accuracy, example by example, in double precision and without shortcuts. */
async function plainly(experiment: Experiment, network: Network, examples: Batch) {
  const { length, answerPositions, classes } = taskOf(experiment);
  const parameters = network.model.initialise(3);
  const off = { sharedPrefixes: false, answerOnly: false, tokenTables: false };
  const batch = { tokens: examples.tokens, size: examples.size, length, answerPositions };
  const logits = forward(modelOf(experiment), parameters, batch, { shortcuts: off });
  const values = await logits.data();
  let loss = 0;
  let correct = 0;
  for (let example = 0; example < examples.size; example++) {
    let right = true;
    for (let i = 0; i < answerPositions.length; i++) {
      const row = example * answerPositions.length + i;
      const z = Array.from(values.slice(row * classes, (row + 1) * classes));
      const label = examples.labels[row] as number;
      const total = Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0));
      loss += (total - (z[label] as number)) / answerPositions.length;
      right &&= z.indexOf(Math.max(...z)) === label;
    }
    if (right) correct++;
  }
  tf.dispose([logits]);
  return { parameters, loss: loss / examples.size, accuracy: correct / examples.size };
}

describe("Evaluator", () => {
  const names = Object.keys(tinyExperiments).filter((name) => !name.includes("StableMax"));
  it.each(names)("agrees with one example at a time: %s", async (name) => {
    const experiment = tinyExperiments[name] as Experiment;
    const network = new Network(assemble(experiment));
    const { validationSet } = dataOf(experiment);
    const { parameters, loss, accuracy } = await plainly(experiment, network, validationSet);
    const got = await new Evaluator(network, validationSet).evaluate(parameters);
    expect(got.loss).toBeCloseTo(loss, 5);
    expect(got.accuracy).toBeCloseTo(accuracy, 12);
    tf.dispose(parameters);
  });

  it("takes sets that are larger than one pass, and weighs their parts by size", async () => {
    const experiment = tiny("mlp", { p: 97, width: 4, "embed-dim": 2, "train-fraction": 0.5 });
    const network = new Network(assemble(experiment));
    const { validationSet } = dataOf(experiment);
    expect(validationSet.size).toBeGreaterThan(4096);
    const { parameters, loss, accuracy } = await plainly(experiment, network, validationSet);
    const before = tf.memory().numTensors;
    const got = await new Evaluator(network, validationSet).evaluate(parameters);
    expect(tf.memory().numTensors).toBe(before);
    expect(got.loss).toBeCloseTo(loss, 5);
    expect(got.accuracy).toBe(accuracy);
    tf.dispose(parameters);
  });

  it("counts a sum as right exactly where greedy decoding gets it right", async () => {
    // Trained a little on one digit, so that some answers are right and others are not.
    const experiment = tiny("addition-777", {
      digits: 1,
      curriculum: "1:1",
      "test-size": 40,
      "batch-size": 32,
      steps: 1,
      "warmup-steps": 0,
      lr: 0.03,
      "d-model": 16,
    });
    const network = new Network(assemble(experiment));
    const config = modelOf(experiment) as TransformerConfig;
    const data = dataOf(experiment);
    const { RunState } = await import("./run-state");
    const state = RunState.initial(assemble(experiment), network);
    for (let step = 0; step < 120; step++) {
      const ready = network.prepare(data.batch(step));
      const { loss, correct } = state.step(network, ready, step);
      tf.dispose([ready.answers, loss, correct ?? []]);
    }
    const { validationSet } = data;
    const { length, answerPositions } = taskOf(experiment);
    const start = (answerPositions[0] as number) + 1;
    const prompts = new Int32Array(validationSet.size * start);
    for (let i = 0; i < validationSet.size; i++) {
      prompts.set(validationSet.tokens.subarray(i * length, i * length + start), i * start);
    }
    const batch = { tokens: prompts, size: validationSet.size, length: start };
    const answers = await greedyDecode(config, state.parameters, batch, answerPositions.length);
    let wrong = 0;
    for (let i = 0; i < validationSet.size; i++) {
      const one = gather(validationSet, Int32Array.of(i));
      const { accuracy } = await new Evaluator(network, one).evaluate(state.parameters);
      const decoded = answers.subarray(
        i * answerPositions.length,
        (i + 1) * answerPositions.length,
      );
      expect(accuracy === 1).toBe(decoded.join() === one.labels.join());
      if (accuracy === 0) wrong++;
    }
    expect(wrong).toBeGreaterThan(0);
    expect(wrong).toBeLessThan(validationSet.size);
    state.dispose();
  });
});
