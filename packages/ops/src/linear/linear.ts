import * as tf from "@tensorflow/tfjs-core";
import {
  activationGradientReference,
  activationReference,
  checkActivation,
  savesPreactivation,
} from "../activation/activation";
import type { ActivationKind } from "../activation/activation-kind";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** Settings of {@link linear}. */
export interface LinearOptions {
  /** Applied to the sum; default `none`. */
  activation?: ActivationKind;
  /** Whether the weight is stored as [out, in], as a tied unembedding is; default false. */
  transposeWeight?: boolean;
}

/** The kernels of {@link linear}. */
export interface LinearKernels<T = tf.Tensor> {
  GrokLinear: KernelContract<{ x: T; weight: T; bias?: T | undefined }, Required<LinearOptions>>;
  /** `at` is the pre-activation if the derivative needs it, else y; absent without an activation. */
  GrokLinearGrad: KernelContract<
    { x: T; weight: T; dy: T; at?: T | undefined },
    Required<LinearOptions> & { hasBias: boolean }
  >;
}

const linearGradient = defineOperation<LinearKernels["GrokLinearGrad"]>({
  name: "GrokLinearGrad",
  reference: ({ x, weight, dy, at }, { activation, transposeWeight, hasBias }) => {
    const dz =
      activation === "none" ? dy : activationGradientReference(dy, at as tf.Tensor, activation); // [n, out]
    const dx = tf.matMul(dz, weight, false, !transposeWeight); // [n, in]
    const dWeight = transposeWeight
      ? tf.matMul(dz, x, true, false) // [out, in]
      : tf.matMul(x, dz, true, false); // [in, out]
    return hasBias ? [dx, dWeight, tf.sum(dz, 0)] : [dx, dWeight];
  },
  multiplyAdds: ({ x, weight }) => 2 * (x.shape[0] as number) * weight.size,
});

const linearOperation = defineOperation<LinearKernels["GrokLinear"]>({
  name: "GrokLinear",
  reference: ({ x, weight, bias }, { activation, transposeWeight }) => {
    const product = tf.matMul(x, weight, false, transposeWeight); // [n, out]
    const at = bias === undefined ? product : tf.add(product, bias); // [n, out]
    const y = activationReference(at, activation); // [n, out]
    return savesPreactivation(activation) ? [y, at] : [y];
  },
  multiplyAdds: ({ x, weight }) => (x.shape[0] as number) * weight.size,
  visible: 1,
  saves: { inputs: ["x", "weight"] },
  gradient: ([dy], { inputs: { x, weight }, outputs, has }, attributes) => {
    // The last output is the pre-activation where the derivative needs it, and y elsewhere.
    const at = attributes.activation === "none" ? undefined : outputs.at(-1);
    const [dx, dWeight, dBias] = linearGradient(
      { x, weight, dy: dy as tf.Tensor, at },
      { ...attributes, hasBias: has("bias") },
    );
    return { x: dx, weight: dWeight, bias: dBias };
  },
});

/**
 * A fully connected layer: activation(x·W + b).
 *
 * @param x [n, in]
 * @param weight [in, out], or [out, in] with `transposeWeight`
 * @param bias [out], or undefined for none
 * @returns [n, out]
 * @throws RangeError if the shapes do not fit
 *
 * @example
 * linear(tf.ones([2, 3]), tf.ones([3, 4]), tf.zeros([4]), { activation: "relu" }); // [2, 4]
 */
export function linear(
  x: tf.Tensor,
  weight: tf.Tensor,
  bias?: tf.Tensor,
  { activation = "none", transposeWeight = false }: LinearOptions = {},
): tf.Tensor2D {
  checkActivation(activation);
  const [inputs, outputs] = transposeWeight ? [1, 0] : [0, 1];
  if (x.rank !== 2 || weight.rank !== 2 || x.shape[1] !== weight.shape[inputs]) {
    throw new RangeError(
      `linear: x [${x.shape}] and weight [${weight.shape}]${transposeWeight ? " (transposed)" : ""} do not fit: x is [n, in] and the weight ${transposeWeight ? "[out, in]" : "[in, out]"}`,
    );
  }
  if (bias !== undefined && (bias.rank !== 1 || bias.shape[0] !== weight.shape[outputs])) {
    throw new RangeError(
      `linear: bias [${bias.shape}] does not fit a weight of ${weight.shape[outputs]} outputs`,
    );
  }
  return linearOperation({ x, weight, bias }, { activation, transposeWeight })[0] as tf.Tensor2D;
}
