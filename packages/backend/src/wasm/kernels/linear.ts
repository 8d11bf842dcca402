import { savesPreactivation } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { WasmHost } from "../host";
import { Op } from "../op";
import { activate, activateGradient, activations } from "./activate";
import { kernel, matrixShape } from "./kernel";
import { multiply } from "./multiply";

/** A new tensor of the columns' sums. */
function sumRows(host: WasmHost, x: tf.TensorInfo): tf.TensorInfo {
  const [n, width] = matrixShape(x);
  const sums = host.output([width], "float32");
  host.run(Op.SumRows, [host.pointer(x), host.pointer(sums), n, width], [], n * width);
  return sums;
}

const linear = kernel(
  "GrokLinear",
  (host, { x, weight, bias }, { activation, transposeWeight }) => {
    const [n, inputs] = matrixShape(x);
    const [rows, columns] = matrixShape(weight);
    const out = host.output([n, transposeWeight ? rows : columns], "float32");
    const keeps = savesPreactivation(activation);
    multiply(
      host,
      { tensor: x, rows: n, columns: inputs },
      { tensor: weight, rows, columns, transpose: transposeWeight },
      out,
      { bias, activation: keeps ? activations.none : activations[activation] },
    );
    return keeps ? [activate(host, out, activation), out] : [out];
  },
);

const linearGradient = kernel(
  "GrokLinearGrad",
  (host, { x, weight, dy, at }, { activation, transposeWeight, hasBias }) => {
    const [n, inputs] = matrixShape(x);
    const outputs = dy.shape[1] as number;
    const dz = at === undefined ? dy : activateGradient(host, dy, at, activation); // [n, out]
    const [rows, columns] = matrixShape(weight);
    const product = { tensor: dz, rows: n, columns: outputs };
    const given = { tensor: x, rows: n, columns: inputs };
    const dx = host.output(x.shape, "float32");
    multiply(host, product, { tensor: weight, rows, columns, transpose: !transposeWeight }, dx);
    const dWeight = host.output(weight.shape, "float32");
    if (transposeWeight) multiply(host, { ...product, transpose: true }, given, dWeight);
    else multiply(host, { ...given, transpose: true }, product, dWeight);
    const gradients = hasBias ? [dx, dWeight, sumRows(host, dz)] : [dx, dWeight];
    if (dz !== dy) host.backend.disposeData(dz.dataId);
    return gradients;
  },
);

export const linearKernels = [linear, linearGradient];
