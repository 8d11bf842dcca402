import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { activate } from "../activation/activation";
import { add, scale } from "../elementwise/elementwise";
import { linear } from "../linear/linear";
import { softmaxCrossEntropy } from "../softmax-cross-entropy/softmax-cross-entropy";
import { valueAndGradients } from "./value-and-gradients";

const x = () => tf.tensor2d([1, -2, 3, 0.5, 0.25, -1], [2, 3]);
const labels = () => tf.tensor1d([1, 0], "int32");
const values = (tensor: tf.Tensor | undefined) => [...(tensor as tf.Tensor).dataSync()];

/** The gradients that tfjs's own tape gives. */
function onStockTape(parameters: tf.Tensor[], loss: () => tf.Scalar): tf.Tensor[] {
  return tf.engine().gradients(loss, parameters).grads;
}

describe("valueAndGradients", () => {
  let before: number;

  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  beforeEach(() => {
    before = tf.memory().numTensors;
    tf.engine().startScope();
  });

  afterEach(() => {
    tf.engine().endScope();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("a loss that was computed from the parameters before is refused", () => {
    const w = tf.ones([3, 2]);
    const { loss } = softmaxCrossEntropy(linear(x(), w as tf.Tensor2D), labels());
    expect(() => valueAndGradients({ w }, () => ({ loss: tf.clone(loss) as tf.Scalar }))).toThrow(
      "The loss depends on none of w: compute it from them within the function",
    );
  });

  test.each([
    ["a tensor itself", () => tf.scalar(1)],
    ["no loss", () => undefined],
    ["no loss", () => ({ loss: 1 })],
    ["a loss of shape [2]", () => ({ loss: tf.ones([2]) })],
    ["a promise: read values before or after it, not within", async () => ({ loss: tf.scalar(1) })],
  ])("says what a loss function must return: %s", (said, f) => {
    const w = tf.scalar(1);
    const wrong = f as unknown as () => { loss: tf.Scalar };
    expect(() => valueAndGradients({ w }, wrong)).toThrow(
      `must return { loss }, a scalar tensor with a name; it returned ${said}.`,
    );
  });

  test("gives what tfjs's tape gives, where a tensor is used more than once, too", () => {
    const parameters = { a: tf.tensor2d([1, 2, -3, 4, 5, 6], [3, 2]), b: tf.tensor1d([0.1, -0.2]) };
    const network = () => {
      const hidden = linear(x(), parameters.a, parameters.b, { activation: "gelu" }); // [2, 2]
      const twice = add(hidden, add(scale(hidden, 3), hidden)); // [2, 2]
      return softmaxCrossEntropy(activate(twice, "silu"), labels());
    };
    const expected = onStockTape(Object.values(parameters), () => network().loss);
    const { value, gradients } = valueAndGradients(parameters, network);
    expect(values(gradients["a"])).toEqual(values(expected[0]));
    expect(values(gradients["b"])).toEqual(values(expected[1]));
    expect(values(value.loss)).toEqual(values(network().loss));
    tf.dispose(value);
  });

  test("parameters that the loss does not depend on are an error, or get zeros if that is allowed", () => {
    const parameters = { a: tf.ones([3, 2]), idle: tf.ones([2]) };
    const network = () => {
      linear(x(), tf.ones([3, 2]), parameters.idle);
      return softmaxCrossEntropy(linear(x(), parameters.a), labels());
    };
    const before = tf.memory().numTensors;
    expect(() => valueAndGradients(parameters, network)).toThrow(
      /The loss does not depend on idle: /,
    );
    expect(tf.memory().numTensors).toBe(before);
    const { value, gradients } = valueAndGradients(parameters, network, { allowUnused: true });
    expect(values(gradients.idle)).toEqual([0, 0]);
    tf.dispose(value);
  });

  test("a part of the forward pass that was computed before is an error", () => {
    const parameters = { in: tf.ones([3, 2]), out: tf.ones([2, 2]) };
    const hidden = linear(x(), parameters.in);
    expect(() =>
      valueAndGradients(parameters, () =>
        softmaxCrossEntropy(linear(hidden, parameters.out), labels()),
      ),
    ).toThrow(
      "The loss does not depend on in: compute it from them within the function that valueAndGradients is given, or let them have zeros by { allowUnused: true }.",
    );
  });

  test("what the function returns is the caller's, also where the gradient needs it", () => {
    const a = tf.ones([3, 2]);
    const { value, gradients } = valueAndGradients({ a }, () => {
      const logits = linear(x(), a); // [2, 2]
      return { ...softmaxCrossEntropy(logits, labels()), logits };
    });
    tf.dispose(gradients);
    expect(values(value.logits)).toEqual([2, 2, -0.25, -0.25]);
    tf.dispose(value);
  });

  test("a constant that is disposed of within the function still counts", () => {
    const a = tf.ones([3, 2]);
    const run = (early: boolean) =>
      valueAndGradients({ a }, () => {
        const input = x();
        const logits = linear(input, a); // [2, 2]
        if (early) input.dispose();
        return softmaxCrossEntropy(logits, labels());
      });
    const [late, early] = [run(false), run(true)];
    expect(values(early.gradients["a"])).toEqual(values(late.gradients["a"]));
    tf.dispose([late.value, early.value]);
  });

  test("constants and parameters made outside stay as they are", () => {
    const [a, input, given] = [tf.ones([3, 2]), x(), labels()];
    const { value, gradients } = valueAndGradients({ a }, () =>
      softmaxCrossEntropy(linear(input, a), given),
    );
    tf.dispose([value, gradients]);
    for (const tensor of [a, input, given]) {
      expect(tensor.isDisposed).toBe(false);
      expect(tensor.kept).toBe(false);
    }
  });

  test("stock operations in between count where their gradient is registered", () => {
    const a = tf.tensor2d([1, 2, -3, 4, 5, 6], [3, 2]);
    const network = () => {
      const logits = linear(x(), a); // [2, 2]
      return softmaxCrossEntropy(add(tf.square(logits), logits), labels()).loss;
    };
    expect(() => valueAndGradients({ a }, () => ({ loss: network() }))).toThrow(
      "no gradient is registered for tfjs's Square",
    );
    tf.registerGradient({
      kernelName: "Square",
      inputsToSave: ["x"],
      gradFunc: (dy, [saved]) => ({
        x: () => tf.mul(dy as tf.Tensor, tf.mul(saved as tf.Tensor, 2)),
      }),
    });
    try {
      const [expected] = onStockTape([a], network);
      const { value, gradients } = valueAndGradients({ a }, () => ({ loss: network() }));
      expect(values(gradients["a"])).toEqual(values(expected));
      value.loss.dispose();
    } finally {
      tf.unregisterGradient("Square");
    }
  });

  test("a function that throws leaves nothing, and the next one is recorded", () => {
    const a = tf.ones([3, 2]);
    const fail = () => {
      linear(x(), a);
      throw new Error("no");
    };
    expect(() => valueAndGradients({ a }, fail)).toThrow("no");
    const { value, gradients } = valueAndGradients({ a }, () =>
      softmaxCrossEntropy(linear(x(), a), labels()),
    );
    expect(values(gradients["a"]).some((slope) => slope !== 0)).toBe(true);
    tf.dispose(value);
  });
});
