import { randomStream } from "@grok/data";
import type * as tf from "@tensorflow/tfjs-core";
import { localLearningCoefficient, stableStepSize } from "../sharpness/learning-coefficient";
import { sharpness } from "../sharpness/sharpness";
import { defined } from "./defined";
import type { Measure } from "./measure";
import { trainLoss } from "./numerics-measures";
import { needsSoftmax } from "./requirement";

/** Steps of each of the four chains: some thousand gradients of the whole training set in all. */
const burnIn = 400;
const draws = 400;

/**
 * The local learning coefficient of the training loss, with the settings that Lau et al. 2023 have by
 * default (nβ = n/ln n, γ = 100) and steps that are stable at the sharpest direction. Where the chains
 * have not settled it is null, and the columns behind it say by how much.
 */
export const learningCoefficientMeasure: Measure = {
  name: "learning-coefficient",
  group: "learning-coefficient",
  columns: [
    "learning_coefficient",
    "learning_coefficient_error",
    "learning_coefficient_r_hat",
    "learning_coefficient_trend",
  ],
  description:
    "local learning coefficient of the training loss by four Langevin chains, if they settle, with its standard error, R̂ and trend",
  source: "Lau et al. 2023; R̂ as in Gelman et al. 2013",
  cost: "extreme",
  unavailable: needsSoftmax,
  compute: async (snapshot) => {
    const { seed, train } = snapshot.context;
    const loss = (parameters: Record<string, tf.Tensor>) => trainLoss(snapshot, parameters);
    const random = randomStream(seed, "sharpness");
    const { value: curvature } = await sharpness(snapshot.parameters, loss, { random });
    const examples = train.length;
    const found = await localLearningCoefficient(snapshot.parameters, loss, {
      random: (chain) => randomStream(seed, `learning-coefficient.${chain}`),
      examples,
      stepSize: stableStepSize(curvature, { examples }),
      draws,
      burnIn,
    });
    const isSettled = found.isSettled === true;
    return {
      learning_coefficient: isSettled ? defined(found.value) : null,
      learning_coefficient_error: isSettled ? found.standardError : null,
      learning_coefficient_r_hat: defined(found.rHat),
      learning_coefficient_trend: defined(found.trend),
    };
  },
};
