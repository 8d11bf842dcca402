import { lerpUpdate } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { byName, type Selection } from "../by-name";
import { checkStep, gradientOf } from "../gradients";
import type { Optimizer, Parameters } from "../optimizer";
import { checkSettings, countFromOne, decayRate } from "../setting";
import { stateName, stateTensor, zeroState } from "../state";
import { type AdamOptions, adamW } from "./adam";
import { type CommonOptions, resolveOptions } from "./common-options";
import { decayToInitial, initialState } from "./decay-to-initial";
import { hiddenMatrices } from "./hidden-matrices";
import { newtonSchulz } from "./newton-schulz";

/** Settings of {@link muon}. */
export interface MuonOptions extends Omit<CommonOptions, "learningRate"> {
  /** In units of spectral norm per step; default .02 (authors' code). */
  learningRate?: number;
  /** β in [0, 1); default .95 (authors' code). */
  momentum?: number;
  /** Default true (authors' code). */
  nesterov?: boolean;
  /** Newton–Schulz iterations; default 5 (authors' code). */
  newtonSchulzSteps?: number;
}

/** Settings of {@link muonWithAdamW}. */
export interface MuonWithAdamWOptions extends MuonOptions {
  /** The parameters that Muon takes; default {@link hiddenMatrices}. */
  matrices?: Selection;
  /**
   * The settings for all other parameters. Defaults: learningRate 3e-4, beta1 .9, beta2 .95, eps
   * 1e-10, no weight decay (authors' code), and Muon's schedule.
   */
  adamW?: Partial<AdamOptions>;
}

function checkMatrices(parameters: Readonly<Parameters>): void {
  for (const [name, { shape }] of Object.entries(parameters)) {
    if (shape.length !== 2) {
      throw new RangeError(
        `muon: ${name} has shape [${shape}], and Muon is for matrices; give the rest to another optimizer with byName or muonWithAdamW`,
      );
    }
  }
}

/**
 * Muon (Jordan et al. 2024, kellerjordan.github.io/posts/muon; github.com/KellerJordan/Muon) for
 * parameters that are all matrices: momentum whose singular values are set to about 1.
 *
 *     m ← β·m + (1 − β)·g
 *     u = nesterov ? (1 − β)·g + β·m : m
 *     W ← W·(1 − lr·λ) − lr·√max(1, out/in)·newtonSchulz(u)
 *
 * A weight W is [in, out] in this project. The authors' is [out, in], and their rows/cols is out/in
 * here; else the form is the same, as the iteration does not depend on which side is which.
 *
 * State: `muon.m.PARAMETER`, and `muon.initial.PARAMETER` with decay to the initial weights.
 *
 * @throws RangeError if a setting is out of range; `initialise` throws it for a parameter that is
 *   no matrix
 */
export function muon(options: MuonOptions = {}): Optimizer {
  const { momentum = 0.95, nesterov = true, newtonSchulzSteps = 5 } = options;
  const common = resolveOptions("muon", { ...options, learningRate: options.learningRate ?? 0.02 });
  const { learningRate, schedule, weightDecay, decayTo, name: link } = common;
  checkSettings("muon", {
    momentum: [momentum, decayRate],
    newtonSchulzSteps: [newtonSchulzSteps, countFromOne],
  });
  const toInitial = decayTo === "initial" && weightDecay > 0;
  return {
    initialise: (parameters) => {
      checkMatrices(parameters);
      return {
        ...zeroState(link, "m", parameters),
        ...(toInitial ? initialState(link, parameters) : {}),
      };
    },
    step: (parameters, gradients, state, step) => {
      checkStep(parameters, gradients, step);
      const names = Object.keys(parameters);
      const slots = names.map((name) => ({
        value: stateTensor(state, stateName(link, "m", name)),
        target: gradientOf(gradients, name),
      }));
      const rate = learningRate * schedule(step);
      if (toInitial) decayToInitial(link, parameters, state, rate * weightDecay);
      const kept = toInitial ? 1 : 1 - rate * weightDecay;
      for (const [i, { value: m }] of lerpUpdate(slots, { weight: 1 - momentum }).entries()) {
        const name = names[i] as string;
        state[stateName(link, "m", name)] = m;
        const weight = parameters[name] as tf.Tensor2D; // [in, out]
        parameters[name] = tf.tidy(() => {
          const gradient = gradientOf(gradients, name); // [in, out]
          const u = nesterov ? tf.add(gradient, tf.mul(tf.sub(m, gradient), momentum)) : m;
          const direction = newtonSchulz(u as tf.Tensor2D, newtonSchulzSteps); // [in, out]
          const [inputs, outputs] = weight.shape;
          const size = rate * Math.sqrt(Math.max(1, outputs / inputs));
          return tf.keep(tf.sub(tf.mul(weight, kept), tf.mul(direction, size)));
        });
        weight.dispose();
      }
    },
  };
}

/**
 * Muon for hidden matrices and AdamW for everything else (embeddings, heads, gains, biases), as
 * Muon's authors prescribe. Both follow one schedule, each from its own learning rate.
 *
 * State: `muon.…` and `adamW.…` for the parameters of each.
 *
 * @throws RangeError if a setting is out of range; `initialise` throws it where no parameter is
 *   for Muon
 */
export function muonWithAdamW({
  matrices = hiddenMatrices,
  adamW: rest = {},
  ...options
}: MuonWithAdamWOptions = {}): Optimizer {
  const select: Selection = (parameters) => {
    const names = matrices(parameters);
    if (names.length > 0) return names;
    throw new RangeError(
      `muon: none of ${Object.keys(parameters).join(", ")} is a hidden matrix; name the matrices that it shall have`,
    );
  };
  const {
    learningRate = 3e-4,
    schedule = options.schedule,
    beta2 = 0.95,
    eps = 1e-10,
    weightDecay = 0,
  } = rest;
  const others = adamW({ ...rest, learningRate, schedule, beta2, eps, weightDecay });
  return byName(select, muon(options), others);
}
