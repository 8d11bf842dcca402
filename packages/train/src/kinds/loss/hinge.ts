import { hinge as hingeLoss } from "@grok/ops";
import * as z from "zod";
import { defineLoss } from "../../kind/define";
import type { Loss } from "../../kind/loss-kind";

/** Hinge loss, of several classes or of two. */
export const hinge = defineLoss({
  name: "hinge",
  sentence: "hinge loss: what a right answer's output lacks of its margin",
  source: "Weston & Watkins 1999; of two answers: Barak et al. 2022",
  settings: z.strictObject({
    margin: z.number().gt(0).default(1).describe("by how much the right output must lead"),
  }),
  unit: null,
  gradients: null,
  build: ({ margin }, { answerPositions, classes }): Loss => {
    const options = { group: answerPositions.length, margin, binary: classes === 2 };
    return (outputs, labels) => hingeLoss(outputs, labels, options);
  },
});
