import { useBackend } from "@grok/backend";
import { embedding, linear, softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { comparisonFigure, seedsFigure } from "@grok/plot";
import { resolveExperiment, train } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { inFreshFolder, run } from "./tiny";

// What users of the packages tried, and got zeros, foreign numbers, an empty figure or the words of
// another library for. Each is now one sentence with what to do.
inFreshFolder();

const x = () => tf.ones([2, 3]);
const weight = () => tf.ones([3, 2]) as tf.Tensor2D;
const labels = (...values: number[]) => tf.tensor1d(values, "int32");
const lossOf = (w: tf.Tensor) => softmaxCrossEntropy(linear(x(), w), labels(0, 1));
const wrongly = (options: unknown) => resolveExperiment(options as never);
const points = [{ step: 10, low: 0.1, high: 0.3 }] as never;

const tries: Record<string, [call: () => unknown, sentence: RegExp]> = {
  "a preset's bare name": [
    () => wrongly("mlp"),
    /^resolveExperiment takes \{ preset, flags, extensions \}, not "mlp"; did you mean \{ preset: "mlp" \}\?$/,
  ],
  "a flag beside the options": [
    () => wrongly({ p: 7 }),
    /has no option p; there are preset, flags/,
  ],
  "a misspelt option": [() => wrongly({ presets: "mlp" }), /did you mean preset\?$/],
  "an id behind the table": [
    () => embedding(tf.ones([5, 2]), labels(1, 5)),
    /^embedding: ids has 5, and must be from 0 to 4, one for each row of the table$/,
  ],
  "a negative id": [
    () => embedding(tf.ones([5, 2]), labels(-1)),
    /^embedding: ids has -1, and must/,
  ],
  "a label behind the classes": [
    () => softmaxCrossEntropy(tf.ones([2, 2]), labels(0, 2)),
    /^softmaxCrossEntropy: labels has 2, and must be from 0 to 1, one for each class$/,
  ],
  "a loss that is no scalar": [
    () => {
      const w = weight();
      return valueAndGradients({ w }, () => ({ loss: linear(x(), w) as never }));
    },
    /must return \{ loss \}, a scalar tensor with a name; it returned a loss of shape \[2, 2\]\.$/,
  ],
  "a loss without its name": [
    () => {
      const w = weight();
      return valueAndGradients({ w }, () => lossOf(w).loss as never);
    },
    /it returned a tensor itself\.$/,
  ],
  "an async function": [
    () => {
      const w = weight();
      return valueAndGradients({ w }, (async () => lossOf(w)) as never);
    },
    /it returned a promise: read values before or after it, not within\.$/,
  ],
  "a loss that was computed before": [
    () => {
      const w = weight();
      const { loss } = lossOf(w);
      return valueAndGradients({ w }, () => ({ loss: tf.clone(loss) }));
    },
    /^The loss depends on none of w: compute it from them within the function that valueAndGradients is given\.$/,
  ],
  "a part of the forward pass that was computed before": [
    () => {
      const [w, out] = [weight(), tf.ones([2, 2])];
      const hidden = linear(x(), w);
      return valueAndGradients({ w, out }, () =>
        softmaxCrossEntropy(linear(hidden, out), labels(0, 1)),
      );
    },
    /^The loss does not depend on w: compute it from them within the function/,
  ],
  "a stock operation without its gradient": [
    () => {
      const w = weight();
      return valueAndGradients({ w }, () => ({ loss: tf.sum(tf.erf(w)) }) as { loss: tf.Scalar });
    },
    /no gradient is registered for tfjs's \w+; await registerStockGradients\(\) of @grok\/ops first$/,
  ],
  "points without a centre": [
    () => comparisonFigure([{ quantity: "accuracy", curves: [{ label: "a", points }] }]),
    /^comparisonFigure: the point at step 10 has no center; a point is \{ step, center, low, high \}/,
  ],
  "steps of seeds without a centre": [
    () =>
      seedsFigure([
        { label: "a", runs: 1, grokked: 0, failed: 0, overSteps: points, aligned: [] } as never,
      ]),
    /^seedsFigure: the point at step 10 has no center; a point is/,
  ],
};

it("refuses to train without a backend", async () => {
  const experiment = resolveExperiment({ preset: "mlp", flags: { p: 7, steps: 2 } });
  await expect(train(experiment).next()).rejects.toThrow(
    /^TensorFlow\.js has no backend yet: await useBackend\("auto"\) of @grok\/backend before training/,
  );
});

it.each(Object.entries(tries))("refuses %s in one sentence", async (_, [call, sentence]) => {
  await useBackend("cpu");
  let message = "nothing was thrown";
  try {
    tf.tidy(() => void call());
  } catch (error) {
    ({ message } = error as Error);
  }
  expect(message).toMatch(sentence);
  expect(message).not.toContain("\n");
});

it("takes --learning-rate for --lr, and suggests what is near to a flag", async () => {
  const help = await run(["train", "--help"]);
  expect(help.stdout.replace(/\s+/g, " ")).toContain("also --learning-rate");
  const { status, stderr } = await run(["train", "--learning-rat", "0.1"]);
  expect(status).toBe(2);
  expect(stderr).toContain("did you mean --learning-rate?");
});
