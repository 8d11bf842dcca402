import { softmaxCrossEntropy } from "@grok/ops";
import * as z from "zod";
import { defineLoss } from "../../kind/define";
import type { Loss } from "../../kind/loss-kind";

/** Cross-entropy of softmax probabilities to targets that leave every class some share. */
export const smoothed = defineLoss({
  name: "smoothed",
  sentence: "cross-entropy by softmax with label smoothing",
  source: "Szegedy et al. 2016, arXiv 1512.00567",
  settings: z.strictObject({
    smoothing: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.1)
      .describe("share of the target that is spread over all classes"),
  }),
  unit: "nats",
  gradients: null,
  build: ({ smoothing }, { answerPositions }): Loss => {
    const options = { group: answerPositions.length, smoothing };
    return (outputs, labels) => softmaxCrossEntropy(outputs, labels, options);
  },
});
