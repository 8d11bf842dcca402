import type { KernelInputs } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { WasmHost } from "../host";
import { Op } from "../op";
import { apart } from "./apart";
import { kernel, matrixShape } from "./kernel";
import { narrowRoom } from "./narrow-room";

type Inputs = KernelInputs<"GrokLayerNorm">;
type GradientInputs = KernelInputs<"GrokLayerNormGrad">;
type Attributes = { eps: number; hasBias?: boolean };

function normalise(
  host: WasmHost,
  { x, gain, bias }: Inputs,
  eps: number,
  centred: boolean,
): tf.TensorInfo[] {
  const [n, width] = matrixShape(x);
  const y = host.output(x.shape, "float32");
  host.run(
    Op.Norm,
    [
      host.pointer(x),
      host.pointer(gain),
      bias ? host.pointer(bias) : 0,
      host.pointer(y),
      n,
      width,
      centred ? 1 : 0,
      host.scratch(apart(16 * width) * host.threads),
    ],
    [eps],
    n * width * 4,
  );
  return [y];
}

function normaliseGradient(
  host: WasmHost,
  { x, gain, dy }: GradientInputs,
  { eps, hasBias = false }: Attributes,
  centred: boolean,
): tf.TensorInfo[] {
  const [n, width] = matrixShape(x);
  const dx = host.output(x.shape, "float32");
  const dGain = host.output([width], "float32");
  const dBias = hasBias ? host.output([width], "float32") : undefined;
  host.run(
    Op.NormGradient,
    [
      host.pointer(x),
      host.pointer(gain),
      host.pointer(dy),
      host.pointer(dx),
      host.pointer(dGain),
      dBias ? host.pointer(dBias) : 0,
      host.scratch(Math.max(8 * n, 2 * narrowRoom(host, width))),
      n,
      width,
      centred ? 1 : 0,
    ],
    [eps],
    n * width * 8,
  );
  return dBias ? [dx, dGain, dBias] : [dx, dGain];
}

export const normKernels = [
  kernel("GrokLayerNorm", (host, inputs, { eps }) => normalise(host, inputs, eps, true)),
  kernel("GrokLayerNormGrad", (host, inputs, attributes) =>
    normaliseGradient(host, inputs, attributes, true),
  ),
  kernel("GrokRmsNorm", (host, inputs, { eps }) => normalise(host, inputs, eps, false)),
  kernel("GrokRmsNormGrad", (host, inputs, attributes) =>
    normaliseGradient(host, inputs, attributes, false),
  ),
];
