import { savesPreactivation } from "@grok/ops";
import { matrixShape } from "../../wasm/kernels/kernel";
import { matrix, ones } from "../matmul/spec";
import { kernel } from "./kernel";

/** What most products have: one batch, nothing but the product. */
export const plain = { batch: 1, alpha: 1, activation: "none" } as const;

const linear = kernel(
  "GrokLinear",
  (host, { x, weight, bias }, { activation, transposeWeight }) => {
    const [m, inner] = matrixShape(x);
    const columns = weight.shape[1] as number;
    const n = weight.shape[transposeWeight ? 0 : 1] as number;
    const out = host.memory.output([m, n]);
    const preactivation = savesPreactivation(activation) ? host.memory.output([m, n]) : undefined;
    if (m > 0) {
      const a = matrix(host.memory.input(x), inner);
      const b = matrix(host.memory.input(weight), columns, { transpose: transposeWeight });
      host.product({
        ...plain,
        terms: [{ a, b, inner }],
        m,
        n,
        activation,
        bias: bias && host.memory.input(bias),
        preactivation: preactivation && host.memory.input(preactivation),
        out: host.memory.input(out),
      });
    }
    return preactivation === undefined ? [out] : [out, preactivation];
  },
);

const linearGradient = kernel(
  "GrokLinearGrad",
  (host, { x, weight, dy, at }, { activation, transposeWeight, hasBias }) => {
    const [rows, inputs] = matrixShape(x);
    const outputs = dy.shape[1] as number;
    const columns = weight.shape[1] as number;
    const derivative =
      at && activation !== "none" ? { kind: activation, at: host.memory.input(at) } : undefined;
    const [given, dz] = [host.memory.input(x), host.memory.input(dy)];
    const dx = host.memory.output(x.shape);
    const dWeight = host.memory.output(weight.shape);
    if (rows > 0) {
      const a = matrix(dz, outputs, { derivative });
      const b = matrix(host.memory.input(weight), columns, { transpose: !transposeWeight });
      const terms = [{ a, b, inner: outputs }];
      host.product({ ...plain, terms, m: rows, n: inputs, out: host.memory.input(dx) });
    }
    // dWᵀ = dzᵀ·x, dW = xᵀ·dz
    const left = matrix(given, inputs, { transpose: !transposeWeight });
    const right = matrix(dz, outputs, { derivative, transpose: transposeWeight });
    const [a, b] = transposeWeight ? [right, left] : [left, right];
    const [m, n] = matrixShape(weight);
    host.product({
      ...plain,
      terms: [{ a, b, inner: rows }],
      m,
      n,
      out: host.memory.input(dWeight),
    });
    if (!hasBias) return [dx, dWeight];
    const dBias = host.memory.output([outputs]);
    const sum = { a: ones, b: matrix(dz, outputs, { derivative }), inner: rows };
    host.product({ ...plain, terms: [sum], m: 1, n: outputs, out: host.memory.input(dBias) });
    return [dx, dWeight, dBias];
  },
);

export const linearKernels = [linear, linearGradient];
