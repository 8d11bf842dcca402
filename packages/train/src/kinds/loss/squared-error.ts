import { labelSquaredError, squaredError as targetSquaredError } from "@grok/ops";
import * as z from "zod";
import { defineLoss } from "../../kind/define";
import type { Loss, TargetLosses } from "../../kind/loss-kind";

/** Mean squared error, to one-hot rows or to real-valued targets. */
export const squaredError = defineLoss({
  name: "mse",
  sentence: "mean squared error, to one-hot or real-valued answers",
  source: "Liu et al. 2022 (Omnigrok), Gromov 2023; scaled targets: Hui & Belkin 2020",
  settings: z.strictObject({
    targetScale: z.number().gt(0).default(1).describe("the target of the right answer's output"),
    targetCenter: z
      .number()
      .default(0)
      .describe("subtracted from the one-hot targets before their scale; 1/classes centers them"),
  }),
  unit: null,
  gradients: null,
  build: ({ targetScale: scale, targetCenter: center }, { answerPositions }): Loss => {
    const options = { group: answerPositions.length, scale, center };
    return (outputs, labels) => labelSquaredError(outputs, labels, options);
  },
  ofTargets: (): TargetLosses => ({ loss: targetSquaredError, baseline: variance }),
});

/** The mean squared distance of targets from their mean, over all values. */
function variance(targets: Float32Array, values: number): number {
  const size = targets.length / values;
  let total = 0;
  for (let j = 0; j < values; j++) {
    let mean = 0;
    for (let i = j; i < targets.length; i += values) mean += (targets[i] as number) / size;
    for (let i = j; i < targets.length; i += values) total += ((targets[i] as number) - mean) ** 2;
  }
  return total / targets.length;
}
