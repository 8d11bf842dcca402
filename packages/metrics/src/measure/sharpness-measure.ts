import { randomStream } from "@grok/data";
import { sharpness } from "../sharpness/sharpness";
import { defined } from "./defined";
import type { Measure } from "./measure";
import { trainLoss } from "./numerics-measures";
import { needsSoftmax } from "./requirement";

/** The largest eigenvalue of the training loss's Hessian. */
export const sharpnessMeasure: Measure = {
  name: "sharpness",
  group: "sharpness",
  columns: ["sharpness"],
  description: "largest eigenvalue of the Hessian of the training loss",
  source: "power iteration on central differences of gradients",
  cost: "expensive",
  unavailable: needsSoftmax,
  compute: async (snapshot) => {
    const random = randomStream(snapshot.context.seed, "sharpness");
    const loss = (parameters: Parameters<typeof trainLoss>[1]) => trainLoss(snapshot, parameters);
    const { value } = await sharpness(snapshot.parameters, loss, { random });
    return { sharpness: defined(value) };
  },
};
