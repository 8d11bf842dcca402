import type { TaskShape } from "@grok/data";
import {
  type LossPrecision,
  lossPrecisions,
  type Normalizer,
  softmaxCrossEntropy,
} from "@grok/ops";
import * as z from "zod";
import { defineLoss } from "../../kind/define";
import type { Loss } from "../../kind/loss-kind";

const settings = z.strictObject({
  lossPrecision: z
    .enum([...lossPrecisions])
    .default("float32")
    .describe(
      "float64: loss and slopes as if of the logits in double precision, so that examples whose probability rounds to 1 in float32 still teach",
    ),
});

const of =
  (normalizer: Normalizer) =>
  ({ lossPrecision: precision }: { lossPrecision: LossPrecision }, shape: TaskShape): Loss => {
    // An example's answers count as one: all of them must be right.
    const options = { group: shape.answerPositions.length, normalizer, precision };
    return (outputs, labels) => softmaxCrossEntropy(outputs, labels, options) as ReturnType<Loss>;
  };

/** Cross-entropy of softmax probabilities. */
export const softmax = defineLoss({
  name: "softmax",
  sentence: "cross-entropy by softmax",
  source: null,
  settings,
  later: ["lossPrecision"],
  unit: "nats",
  gradients: "softmax",
  build: of("softmax"),
});

/** Cross-entropy of StableMax probabilities. */
export const stablemax = defineLoss({
  name: "stablemax",
  sentence: "cross-entropy by StableMax",
  source: "Prieto et al. 2025, arXiv 2501.04697",
  settings,
  later: ["lossPrecision"],
  unit: "nats",
  gradients: null,
  build: of("stablemax"),
});
