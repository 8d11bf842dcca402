import type { ActivationKind } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import { Activation } from "../activation";
import type { WasmHost } from "../host";
import { Op } from "../op";
import { kernel, sizeOf } from "./kernel";

/** @grok/ops' activations by the module's numbers. */
export const activations: Record<ActivationKind, Activation> = {
  none: Activation.Linear,
  relu: Activation.Relu,
  gelu: Activation.Gelu,
  silu: Activation.Silu,
  tanh: Activation.Tanh,
  square: Activation.Square,
};

/** An exponential and a division count for about this many multiply-adds. */
const WORK = 16;

/** A new tensor activation(x). */
export function activate(host: WasmHost, x: tf.TensorInfo, kind: ActivationKind): tf.TensorInfo {
  const y = host.output(x.shape, "float32");
  const count = sizeOf(x);
  host.run(
    Op.Activate,
    [host.pointer(x), host.pointer(y), count, activations[kind]],
    [],
    count * WORK,
  );
  return y;
}

/** A new tensor dy·activation′(at). */
export function activateGradient(
  host: WasmHost,
  dy: tf.TensorInfo,
  at: tf.TensorInfo,
  kind: ActivationKind,
): tf.TensorInfo {
  const dx = host.output(dy.shape, "float32");
  const count = sizeOf(dy);
  host.run(
    Op.ActivateGradient,
    [host.pointer(dy), host.pointer(at), host.pointer(dx), count, activations[kind]],
    [],
    count * WORK,
  );
  return dx;
}

export const activateKernels = [
  kernel("GrokActivate", (host, { x }, { activation }) => [activate(host, x, activation)]),
  kernel("GrokActivateGrad", (host, { x, dy }, { activation }) => [
    activateGradient(host, dy, x, activation),
  ]),
];
