import * as tf from "@tensorflow/tfjs-core";
import { adamUpdate } from "../adam-update/adam-update";
import { addScaled } from "../add-scaled/add-scaled";
import { clipByGlobalNorm } from "../clip-by-global-norm/clip-by-global-norm";
import { globalNorm } from "../global-norm/global-norm";
import { lerpUpdate } from "../lerp-update/lerp-update";
import { lionUpdate } from "../lion-update/lion-update";
import { orthogonalGradient } from "../orthogonal-gradient/orthogonal-gradient";
import { sgdUpdate } from "../sgd-update/sgd-update";
import type { Slots, Update } from "../update";
import type { RandomSource } from "./random-source";
import type { TensorData } from "./sample";
import type { Sampler } from "./sampler";

/** Lengths around the widths of registers, and none at all. */
const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 100];

function shapes(random: RandomSource): number[][] {
  return Array.from({ length: random.integer(1, 6) }, () =>
    Array.from({ length: random.integer(1, 2) }, () => random.pick(sizes)),
  );
}

/** One tensor per role and shape, named `role.index`. Second moments are not negative. */
function slotData(random: RandomSource, roles: readonly string[], list: number[][]) {
  const inputs: Record<string, TensorData> = {};
  for (const [i, shape] of list.entries()) {
    for (const role of roles) {
      const values = random.normals(shape.reduce((a, b) => a * b, 1));
      inputs[`${role}.${i}`] = { shape, values: role === "v" ? values.map((x) => x * x) : values };
    }
  }
  return inputs;
}

function list(inputs: Record<string, tf.Tensor>, role: string): tf.Tensor[] {
  return Object.keys(inputs)
    .filter((name) => name.startsWith(`${role}.`))
    .map((name) => inputs[name] as tf.Tensor);
}

/** An update's sampler: the outputs are all tensors of all roles, after the update. */
function updateSampler<Role extends string, A extends object>(
  update: Update<Role, A>,
  roles: readonly Role[],
  draw: (random: RandomSource) => A,
): Sampler {
  return (random) => {
    const attributes = draw(random);
    const drawn = shapes(random);
    return {
      label: `${drawn.map((shape) => `[${shape}]`).join(" ")} ${JSON.stringify(attributes)}`,
      inputs: slotData(random, roles, drawn),
      differentiable: [],
      run: (inputs) => {
        // Copies, because an update may write into what it is given.
        const given = drawn.map(
          (_, i) =>
            Object.fromEntries(
              roles.map((role) => [role, tf.mul(inputs[`${role}.${i}`] as tf.Tensor, 1)]),
            ) as Slots<Role>,
        );
        return update(given, attributes).flatMap((slots) =>
          roles.map((role) => {
            const result = tf.mul(slots[role], 1);
            slots[role].dispose();
            return result;
          }),
        );
      },
    };
  };
}

/** A sampler of an operation on lists of tensors. */
function listSampler(
  roles: readonly string[],
  label: string,
  run: (inputs: Record<string, tf.Tensor>) => tf.Tensor[],
): Sampler {
  return (random) => {
    const drawn = shapes(random);
    return {
      label: `${drawn.map((shape) => `[${shape}]`).join(" ")} ${label}`,
      inputs: slotData(random, roles, drawn),
      differentiable: [],
      run,
    };
  };
}

const rate = (random: RandomSource) => random.pick([0, 1e-3, 0.02, 0.5]);

/** Samplers of the updates and of the operations on lists of tensors, by name. */
export const updateSamplers: Record<string, Sampler> = {
  adamUpdate: updateSampler(adamUpdate, ["parameter", "gradient", "m", "v"], (random) => {
    const beta1 = random.pick([0, 0.9]);
    const beta2 = random.pick([0.95, 0.98, 0.999]);
    const t = random.integer(1, 2000);
    const corrected = random.uniform() < 0.7;
    return {
      learningRate: rate(random),
      beta1,
      beta2,
      eps: random.pick([1e-10, 1e-8, 1e-3]),
      weightDecay: random.pick([0, 0.01, 1]),
      correction1: corrected ? 1 - beta1 ** t : 1,
      correction2: corrected ? 1 - beta2 ** t : 1,
    };
  }),
  addScaled: (random) => {
    const factor = random.pick([0, 1, -0.5, 5]);
    return listSampler(["x", "y"], `factor ${factor}`, (inputs) =>
      addScaled(list(inputs, "x"), list(inputs, "y"), { factor }),
    )(random);
  },
  clipByGlobalNorm: (random) => {
    const maxNorm = random.pick([0.1, 1, 100]);
    return listSampler(["x"], `to ${maxNorm}`, (inputs) =>
      clipByGlobalNorm(list(inputs, "x"), { maxNorm }),
    )(random);
  },
  globalNorm: listSampler(["x"], "", (inputs) => [globalNorm(list(inputs, "x"))]),
  lerpUpdate: updateSampler(lerpUpdate, ["value", "target"], (random) => ({
    weight: random.pick([0, 0.02, 0.5, 1]),
  })),
  lionUpdate: updateSampler(lionUpdate, ["parameter", "gradient", "m"], (random) => ({
    learningRate: rate(random),
    beta1: random.pick([0, 0.9]),
    beta2: random.pick([0.5, 0.99]),
    weightDecay: random.pick([0, 0.01, 1]),
  })),
  orthogonalGradient: listSampler(["w", "g"], "", (inputs) =>
    orthogonalGradient(list(inputs, "w"), list(inputs, "g")),
  ),
  sgdUpdate: updateSampler(sgdUpdate, ["parameter", "gradient", "velocity"], (random) => ({
    learningRate: rate(random),
    momentum: random.pick([0, 0.5, 0.9]),
    dampening: random.pick([0, 0.1]),
    nesterov: random.uniform() < 0.5,
    weightDecay: random.pick([0, 0.01, 1]),
  })),
};
