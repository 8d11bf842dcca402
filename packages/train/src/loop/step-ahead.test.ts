import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { assemble } from "../experiment/assembly";
import { resolveExperiment } from "../preset/resolve";
import { Batches } from "./batches";
import { Evaluator } from "./evaluator";
import { Network } from "./network";
import { RunState } from "./run-state";
import { StepAhead } from "./step-ahead";
import { Yielder } from "./yielder";

beforeAll(() => tf.setBackend("cpu"));

const squares = { p: 11, width: 20, "train-fraction": 0.5 };

async function prepared(flags: Record<string, string | number> = {}, preset = "quadratic") {
  const experiment = resolveExperiment({ preset, flags: { ...squares, ...flags } });
  const assembly = assemble(experiment);
  const network = new Network(assembly);
  const data = await new Yielder().run(assembly.preparingData());
  const batches = new Batches(experiment, data, network);
  const state = RunState.initial(assembly, network);
  return { experiment, network, data, batches, state };
}

test("scores the training set as an evaluation does, and is the step that follows", async () => {
  const { numTensors } = tf.memory();
  const { experiment, network, data, batches, state } = await prepared();
  const ahead = StepAhead.of(experiment, network) as StepAhead;
  const own = await batches.with(0, (ready) => ahead.score(state.parameters, ready, 0));
  const training = data.training as NonNullable<typeof data.training>;
  const evaluated = await new Evaluator(network, training).evaluate(state.parameters);
  expect(own.accuracy).toBe(evaluated.accuracy);
  expect(own.loss).toBeCloseTo(evaluated.loss, 7);
  const computed = ahead.take();
  expect(ahead.take()).toBeNull();
  batches.with(0, (ready) => {
    const { value, gradients } = network.gradients(state.parameters, ready, 0);
    for (const [name, gradient] of Object.entries(gradients)) {
      expect(computed?.gradients[name]?.dataSync()).toEqual(gradient.dataSync());
    }
    tf.dispose([value.loss, value.correct ?? [], gradients]);
    const { loss, correct } = state.step(network, ready, 0, computed);
    tf.dispose([loss, correct ?? []]);
  });
  // A step that is never made is freed as well.
  await batches.with(1, (ready) => ahead.score(state.parameters, ready, 1));
  ahead.dispose();
  batches.dispose();
  state.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});

test.each([
  ["minibatches", "quadratic", { "batch-mode": "epoch", "batch-size": 8 }],
  ["metrics of the steps", "quadratic", { "train-metric": "running" }],
  ["dropout", "nanda", { "d-model": 8, width: undefined, dropout: 0.1 }],
])("is not there with %s", async (_, preset, flags) => {
  const { experiment, network, batches, state } = await prepared(flags as never, preset);
  expect(StepAhead.of(experiment, network)).toBeNull();
  batches.dispose();
  state.dispose();
});
