import { deviation, mean } from "d3-array";
import { innerProduct } from "../matrix/product";
import { splitRHat } from "../statistics/split-r-hat";
import { studentQuantile } from "../statistics/student-quantile";
import { type LossAt, type ParameterTensors, ParameterVector } from "./parameter-vector";
import type { NormalStream } from "./sharpness";

/** Where a chain's noise comes from, and its choice of minibatches; the streams of @grok/data are such. */
export interface ChainStream extends NormalStream {
  /** A whole number from 0 to below `end`, all as likely. */
  integer(end: number): number;
}

/** Settings of {@link localLearningCoefficient}. */
export interface LearningCoefficientOptions {
  /** What each chain, 0, 1, …, draws from; streams of @grok/data make a result that can be repeated. */
  random: (chain: number) => ChainStream;
  /** n, the number of training examples. */
  examples: number;
  /** ε, the step size. There is no default that suits all networks: see {@link stableStepSize}. */
  stepSize: number;
  /** γ, how strongly chains are held at θ*; default 100 (Lau et al. 2023). */
  localization?: number;
  /** β; default 1/ln n (Watanabe 2013). */
  temperature?: number;
  /** Independent chains; default 4. */
  chains?: number;
  /** Steps of each chain that count; default 500. */
  draws?: number;
  /** Steps of each chain before them, which do not; default 200. */
  burnIn?: number;
}

/** The estimate and what tells whether to believe it. */
export interface LearningCoefficient {
  /** λ̂. At a plain minimum in d dimensions it tends to d/2, less where directions are flat. */
  readonly value: number;
  /** Standard error of it over chains; null if there is one. */
  readonly standardError: number | null;
  /** See {@link splitRHat}, of the draws. */
  readonly rHat: number;
  /** By what share of λ̂ the second half of the draws is above the first. */
  readonly trend: number;
  /**
   * Whether the chains have settled, and so λ̂ means something: R̂ ≤ 1.1, and no trend, which is one of
   * more than 5% that Student's interval of 95% over chains tells from none; and λ̂ is above 0, as below
   * it the chains have found a lower loss, so that θ* is no minimum. Null for fewer than three chains,
   * which cannot tell.
   */
  readonly isSettled: boolean | null;
  /** nβ(L(θ_t) − L(θ*)) of each draw, [chains][draws]. */
  readonly traces: readonly Float64Array[];
}

/** What R̂ may be, and by what share the mean may change between the halves. */
const mostRHat = 1.1;
const mostTrend = 0.05;

/**
 * The local learning coefficient, by chains of stochastic gradient Langevin dynamics (Lau et al. 2023,
 * "The Local Learning Coefficient"):
 *
 *     θ ← θ − ε/2·(nβ·∇L(θ) + γ(θ − θ*)) + N(0, ε)
 *     λ̂ = nβ·(mean of L(θ_t) − L(θ*))
 *
 * A step takes one gradient, whose loss is the draw of the point that it starts from. Minibatches add
 * noise: λ̂ is larger by about ε/4 times the variance of their nβ·∇L over all directions.
 *
 * @param parameters θ*, by name, near a minimum; only read
 * @param loss L, the mean loss over the training examples; or the mean losses of minibatches of equal
 *   size, of which each step takes one at random and compares it with its own at θ*
 * @throws RangeError if a chain leaves the finite numbers, or a setting is out of range
 */
export async function localLearningCoefficient(
  parameters: ParameterTensors,
  loss: LossAt | readonly LossAt[],
  options: LearningCoefficientOptions,
): Promise<LearningCoefficient> {
  const { random, chains = 4, draws = 500, burnIn = 200 } = options;
  const { examples, stepSize, localization = 100 } = options;
  const { temperature = 1 / Math.log(examples) } = options;
  const losses = typeof loss === "function" ? [loss] : loss;
  const isSensible = examples >= 2 && stepSize > 0 && localization >= 0 && temperature > 0;
  const counts = [chains, draws / 4, burnIn + 1].map((count) => Math.floor(count));
  if (!isSensible || losses.length === 0 || !counts.every((count) => count >= 1)) {
    throw new RangeError(
      "a learning coefficient needs at least 2 examples, a loss, a step size and temperature above 0, and at least one chain of four draws",
    );
  }
  const centre = await ParameterVector.read(parameters);
  const still = new Float64Array(centre.values.length);
  const baselines: number[] = [];
  for (const each of losses) baselines.push(await centre.lossAt(each, still));
  const target = { centre, losses, baselines, scale: examples * temperature };
  const traces: Float64Array[] = [];
  for (let chain = 0; chain < chains; chain++) {
    traces.push(
      await drawChain(target, { random: random(chain), stepSize, localization, draws, burnIn }),
    );
  }
  return judged(traces);
}

/** What chains draw from. */
interface Target {
  centre: ParameterVector;
  losses: readonly LossAt[];
  /** The losses at the centre. */
  baselines: readonly number[];
  /** nβ. */
  scale: number;
}

/** The draws of one chain that begins at the centre. */
async function drawChain(
  { centre, losses, baselines, scale }: Target,
  settings: {
    random: ChainStream;
    stepSize: number;
    localization: number;
    draws: number;
    burnIn: number;
  },
): Promise<Float64Array> {
  const { random, stepSize, localization, draws, burnIn } = settings;
  const offset = new Float64Array(centre.values.length);
  const trace = new Float64Array(draws);
  for (let step = 0; step < burnIn + draws; step++) {
    // By turns the last batch's pull would be in the next one's loss.
    const batch = random.integer(losses.length);
    const { value, gradients } = await centre.valueAndGradientsAt(
      losses[batch] as LossAt,
      offset,
      1,
    );
    if (step >= burnIn) trace[step - burnIn] = scale * (value - (baselines[batch] as number));
    for (let i = 0; i < offset.length; i++) {
      const pull = scale * (gradients[i] as number) + localization * (offset[i] as number);
      offset[i] =
        (offset[i] as number) - (stepSize / 2) * pull + Math.sqrt(stepSize) * random.normal();
    }
    if (!(Number.isFinite(value) && Number.isFinite(innerProduct(offset, offset)))) {
      throw new RangeError(
        `the chain diverged at step ${step}: take a step size below ${stepSize}`,
      );
    }
  }
  return trace;
}

function judged(traces: readonly Float64Array[]): LearningCoefficient {
  const means = traces.map(average);
  const value = average(means);
  const half = Math.floor((traces[0] as Float64Array).length / 2);
  const rises = traces.map((trace) => average(trace.slice(-half)) - average(trace.slice(0, half)));
  const rise = average(rises);
  const trend = rise === 0 ? 0 : rise / Math.abs(value);
  const rHat = splitRHat(traces);
  const { length } = traces;
  const isTrend =
    length >= 3 &&
    Math.abs(trend) > mostTrend &&
    Math.abs(rise) > studentQuantile(0.975, length - 1) * (errorOfMean(rises) as number);
  return {
    value,
    standardError: errorOfMean(means),
    rHat,
    trend,
    isSettled: length < 3 ? null : value > 0 && rHat <= mostRHat && !isTrend,
    traces,
  };
}

function average(values: Iterable<number>): number {
  return mean(values) as number;
}

/** The standard error of a mean; null for one value. */
function errorOfMean(values: readonly number[]): number | null {
  const spread = deviation(values);
  return spread === undefined ? null : spread / Math.sqrt(values.length);
}

/**
 * A step size with which chains are stable, and the stiffest direction's share of λ̂ is 5% too large at
 * most: ε·(nβ·h + γ) = ⅕, where h is the largest eigenvalue of the loss's Hessian at θ*. (For a
 * quadratic loss a direction's share is 1/(1 − ε·(nβ·h + γ)/4) times what it would be without steps.)
 *
 * @param curvature h; negative counts as 0
 * @throws RangeError if a setting is out of range
 *
 * @example
 * const { value } = await sharpness(parameters, loss, { random });
 * const stepSize = stableStepSize(value, { examples: 2830 });
 */
export function stableStepSize(
  curvature: number,
  {
    examples,
    localization = 100,
    temperature = 1 / Math.log(examples),
  }: Pick<LearningCoefficientOptions, "examples" | "localization" | "temperature">,
): number {
  const stiffness = examples * temperature * Math.max(0, curvature) + localization;
  if (!(stiffness > 0 && Number.isFinite(stiffness))) {
    throw new RangeError(
      `a stable step size needs a curvature that is finite and something that holds the chain, not ${curvature} and ${localization}`,
    );
  }
  return 0.2 / stiffness;
}
