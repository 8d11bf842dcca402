import * as tf from "@tensorflow/tfjs-core";
import { Activation } from "../activation";
import type { WasmHost } from "../host";
import { batchMatMul, type Transpositions } from "./matmul";

/** The attributes of tfjs's fused product. */
interface FusedAttributes extends Transpositions {
  activation: string;
  leakyreluAlpha?: number;
}

/** The activations that tfjs fuses and that run here as a kernel of their own after the product. */
const unfused: Record<string, string> = {
  relu6: tf.Relu6,
  elu: tf.Elu,
  sigmoid: tf.Sigmoid,
  leakyrelu: tf.LeakyRelu,
  prelu: tf.Prelu,
};

/**
 * tfjs's product with bias and activation. Not by way of tfjs's own kernel where the activation is
 * not ours: that one keeps packed weights by tensor, and would not see an update in place.
 */
export function fusedMatMulKernel(host: WasmHost): tf.KernelConfig {
  return {
    kernelName: tf._FusedMatMul,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { a, b, bias, preluActivationWeights } = inputs as Record<string, tf.TensorInfo>;
      const attributes = attrs as unknown as FusedAttributes;
      const { activation } = attributes;
      if (bias !== undefined && bias.shape.length > 1) {
        throw new RangeError(
          `a fused matMul on backend wasm got a bias of shape [${bias.shape.join(", ")}]: one axis is allowed`,
        );
      }
      const fused = activation === "relu" ? Activation.Relu : Activation.Linear;
      const product = batchMatMul(
        host,
        a as tf.TensorInfo,
        b as tf.TensorInfo,
        attributes,
        bias,
        fused,
      );
      if (activation === "linear" || activation === "relu") return product;
      const kernel = tf.getKernel(unfused[activation] ?? "", "wasm");
      if (kernel === undefined) {
        throw new RangeError(
          `a fused matMul on backend wasm got activation ${activation}: linear, relu, ${Object.keys(unfused).join(", ")} are allowed`,
        );
      }
      const activated = kernel.kernelFunc({
        inputs:
          activation === "prelu"
            ? { x: product, alpha: preluActivationWeights as tf.TensorInfo }
            : { x: product },
        backend,
        attrs: activation === "leakyrelu" ? { alpha: attributes.leakyreluAlpha ?? 0.2 } : {},
      }) as tf.TensorInfo;
      host.backend.disposeData(product.dataId);
      return activated;
    },
  };
}
