import { plan } from "@grok/models";
import { dataOf, modelOf, taskOf } from "@grok/train";
import {
  type CountedProduct,
  distinctProducts,
  operations,
  plannedWork,
  wholeWork,
} from "./arithmetic.ts";
import type { Workload } from "./workload.ts";

/** The arithmetic of a workload's step, in 10⁹ floating-point operations. */
export interface StepWork {
  /** Of ours. */
  planned: number;
  /** Of ours with all shortcuts switched off. */
  unplanned: number;
  /** Of the others, which work on whole sequences. */
  whole: number;
  /** The matrix products of ours. */
  products: CountedProduct[];
}

/** How many batches ours is averaged over: their plans differ a little. */
const batches = 8;

export function stepWork({ experiment }: Workload): StepWork {
  const config = modelOf(experiment);
  const { length, answerPositions } = taskOf(experiment);
  const data = dataOf(experiment);
  const shortcuts = { sharedPrefixes: false, answerOnly: false, tokenTables: false };
  const steps = Array.from({ length: batches }, (_, step) => {
    const { tokens, size } = data.batch(step);
    const batch = { tokens, size, length, answerPositions };
    return {
      planned: plannedWork(config, plan(config, batch)),
      unplanned: plannedWork(config, plan(config, batch, { shortcuts })),
      whole: wholeWork(config, batch),
    };
  });
  const mean = (kind: "planned" | "unplanned" | "whole") =>
    steps.reduce((total, step) => total + 1e-9 * operations(step[kind]), 0) / steps.length;
  return {
    planned: mean("planned"),
    unplanned: mean("unplanned"),
    whole: mean("whole"),
    products: distinctProducts(steps[0]?.planned.products ?? []),
  };
}
