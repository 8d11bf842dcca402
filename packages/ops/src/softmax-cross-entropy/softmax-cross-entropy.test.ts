import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { valueAndGradients } from "../gradients/value-and-gradients";
import { softmaxCrossEntropy } from "./softmax-cross-entropy";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** Three classes, the label's logit a gap above the two others, and what is made of them. */
function atGap(gap: number, precision: "float32" | "float64") {
  return tf.tidy(() => {
    const logits = tf.tensor2d([[1, 1 + gap, 1]]); // [1, 3]
    const { value, gradients } = valueAndGradients({ logits }, (): { loss: tf.Scalar } => {
      const { loss } = softmaxCrossEntropy(logits, tf.tensor1d([1], "int32"), { precision });
      return { loss };
    });
    return {
      loss: value.loss.dataSync()[0] as number,
      slopes: [...(gradients.logits as tf.Tensor).dataSync()],
    };
  });
}

describe("in double precision", () => {
  it.each([5, 12, 17, 25, 35])("a label %d above still teaches, as in closed form", (gap) => {
    const others = 2 * Math.exp(-gap);
    const { loss, slopes } = atGap(gap, "float64");
    expect(loss / Math.log1p(others)).toBeCloseTo(1, 5);
    const [before, own, after] = slopes as [number, number, number];
    expect(before / (others / 2 / (1 + others))).toBeCloseTo(1, 5);
    expect(after).toBe(before);
    expect(own / (-others / (1 + others))).toBeCloseTo(1, 5);
  });

  it("rounds to 1 at 2⁻⁵³, where float64 does", () => {
    const { loss, slopes } = atGap(38, "float64");
    expect([loss, slopes[1] as number].map(Math.abs)).toEqual([0, 0]);
    expect((slopes[0] as number) / Math.exp(-38)).toBeCloseTo(1, 5);
  });

  it("is the same as in single where nothing rounds", () => {
    for (const gap of [-90, -3, 0, 1]) {
      const [single, double] = [atGap(gap, "float32"), atGap(gap, "float64")];
      expect(double.loss).toBeCloseTo(single.loss, 6);
      for (const [i, slope] of double.slopes.entries()) {
        expect(slope).toBeCloseTo(single.slopes[i] as number, 6);
      }
    }
  });
});

it("in single precision rounds to 1 at 2⁻²⁴", () => {
  const { loss, slopes } = atGap(18, "float32");
  expect([loss, slopes[1] as number].map(Math.abs)).toEqual([0, 0]);
});
