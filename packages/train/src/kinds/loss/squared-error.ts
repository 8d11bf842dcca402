import { labelSquaredError } from "@grok/ops";
import { z } from "zod";
import { defineLoss } from "../../kind/define";
import type { Loss } from "../../kind/loss-kind";

/** Mean squared error to one-hot rows. */
export const squaredError = defineLoss({
  name: "mse",
  sentence: "mean squared error to one-hot answers",
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
  build: ({ targetScale: scale, targetCenter: center }, { reads }): Loss => {
    const options = { group: reads.length, scale, center };
    return (outputs, labels) => labelSquaredError(outputs, labels, options);
  },
});
