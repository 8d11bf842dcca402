import type * as tf from "@tensorflow/tfjs-core";
import { Activation } from "../activation";
import type { WasmHost } from "../host";
import { Op } from "../op";

/** A matrix, or a batch of them one after the other, in memory. */
export interface Matrices {
  tensor: tf.TensorInfo;
  /** As stored: `[rows, columns]` of one matrix. */
  rows: number;
  columns: number;
  /** Multiply by its transpose. */
  transpose?: boolean;
  /** Floats between two matrices of a batch; 0 (the default) for one that the whole batch shares. */
  stride?: number;
}

/** What to do with a product. */
export interface MultiplyOptions {
  /** How many products; default 1. */
  batch?: number;
  /** Added to every row: `[n]`. */
  bias?: tf.TensorInfo;
  activation?: Activation;
  /** Add the product to what the output holds; then there may be no bias. */
  accumulate?: boolean;
}

/**
 * out = activation(op(a)·op(b) + bias) on the host's threads; `out` holds `batch` matrices
 * `[m, n]`, one after the other. An element is summed in the order of the inner dimension whatever
 * the number of threads.
 */
export function multiply(
  host: WasmHost,
  a: Matrices,
  b: Matrices,
  out: tf.TensorInfo,
  { batch = 1, bias, activation = Activation.Linear, accumulate = false }: MultiplyOptions = {},
): void {
  multiplyAt(host, a, b, host.pointer(a.tensor), host.pointer(b.tensor), host.pointer(out), {
    batch,
    bias,
    activation,
    accumulate,
  });
}

/** `multiply` on addresses: those of the first matrix of each batch. */
export function multiplyAt(
  host: WasmHost,
  a: Omit<Matrices, "tensor">,
  b: Omit<Matrices, "tensor">,
  aAddress: number,
  bAddress: number,
  outAddress: number,
  { batch = 1, bias, activation = Activation.Linear, accumulate = false }: MultiplyOptions = {},
): void {
  const [m, k] = a.transpose ? [a.columns, a.rows] : [a.rows, a.columns];
  const n = b.transpose ? b.rows : b.columns;
  const scratch = host.scratch(host.exports.matmulScratch(k, n, host.threads));
  host.run(
    Op.MatMul,
    [
      aAddress,
      bAddress,
      outAddress,
      bias === undefined ? 0 : host.pointer(bias),
      scratch,
      m,
      k,
      n,
      a.columns,
      b.columns,
      n,
      a.transpose ? 1 : 0,
      b.transpose ? 1 : 0,
      activation,
      accumulate ? 1 : 0,
      batch,
      a.stride ?? 0,
      b.stride ?? 0,
      m * n,
    ],
    [],
    batch * m * k * n,
  );
}
