import { innerProduct } from "../matrix/product";
import { type LossAt, type ParameterTensors, ParameterVector } from "./parameter-vector";
import type { NormalStream } from "./sharpness";

/** Settings of {@link localLearningCoefficient}. */
export interface LearningCoefficientOptions {
  /** Noise of the chain; pass a stream of @grok/data for a result that can be repeated. */
  random: NormalStream;
  /** n, the number of training examples. */
  examples: number;
  /** ε, the step size. There is no default that suits all networks: the chain must stay near θ* and settle. */
  stepSize: number;
  /** γ, how strongly the chain is held at θ*; default 100 (Lau et al. 2023). */
  localization?: number;
  /** β; default 1/ln n (Watanabe 2013). */
  temperature?: number;
  /** Steps that count; default 1,000. */
  draws?: number;
  /** Steps before, which do not; default 200. */
  burnIn?: number;
}

/** The estimate and what tells whether to believe it. */
export interface LearningCoefficient {
  /** λ̂. At a plain minimum in d dimensions it tends to d/2, less where directions are flat. */
  readonly value: number;
  /** nβ(L(θ_t) − L(θ*)) of each draw, [draws]: a chain that has settled shows no trend. */
  readonly trace: Float64Array;
}

/**
 * The local learning coefficient, by stochastic gradient Langevin dynamics on the full batch (Lau et
 * al. 2023, "The Local Learning Coefficient"):
 *
 *     θ ← θ − ε/2·(nβ·∇L(θ) + γ(θ − θ*)) + N(0, ε)
 *     λ̂ = nβ·(mean of L(θ_t) − L(θ*))
 *
 * @param parameters θ*, by name, near a minimum; only read
 * @param loss L, the mean loss over the training examples
 * @throws RangeError if the chain leaves the finite numbers, or a setting is out of range
 */
export async function localLearningCoefficient(
  parameters: ParameterTensors,
  loss: LossAt,
  options: LearningCoefficientOptions,
): Promise<LearningCoefficient> {
  const { random, examples, stepSize, localization = 100, draws = 1000, burnIn = 200 } = options;
  const { temperature = 1 / Math.log(examples) } = options;
  const sensible = examples >= 2 && stepSize > 0 && localization >= 0 && temperature > 0;
  if (!sensible || !(Number.isInteger(draws) && draws >= 1 && burnIn >= 0)) {
    throw new RangeError(
      "a learning coefficient needs at least 2 examples, a step size and temperature above 0, and at least one draw",
    );
  }
  const centre = await ParameterVector.read(parameters);
  const scale = examples * temperature;
  const offset = new Float64Array(centre.values.length);
  const baseline = await centre.lossAt(loss, offset);
  const trace = new Float64Array(draws);
  for (let step = 0; step < burnIn + draws; step++) {
    const slopes = await centre.gradientsAt(loss, offset, 1);
    for (let i = 0; i < offset.length; i++) {
      const pull = scale * (slopes[i] as number) + localization * (offset[i] as number);
      offset[i] =
        (offset[i] as number) - (stepSize / 2) * pull + Math.sqrt(stepSize) * random.normal();
    }
    if (!Number.isFinite(innerProduct(offset, offset))) {
      throw new RangeError(
        `the chain diverged at step ${step}: take a step size below ${stepSize}`,
      );
    }
    if (step >= burnIn) {
      trace[step - burnIn] = scale * ((await centre.lossAt(loss, offset)) - baseline);
    }
  }
  return { value: trace.reduce((sum, x) => sum + x, 0) / draws, trace };
}
