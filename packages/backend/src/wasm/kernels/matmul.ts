import * as tf from "@tensorflow/tfjs-core";
import type { Activation } from "../activation";
import type { WasmHost } from "../host";
import { multiplyAt } from "./multiply";

/** tfjs's matrix product, for all transpositions and batches. */
export function matMulKernel(host: WasmHost): tf.KernelConfig {
  return {
    kernelName: tf.BatchMatMul,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      return batchMatMul(host, a, b, attrs as unknown as Transpositions);
    },
  };
}

/** Which operands of a product are transposed. */
export interface Transpositions {
  transposeA: boolean;
  transposeB: boolean;
}

/**
 * activation(op(a)·op(b) + bias) over the last two axes; the others are a batch, broadcast against
 * each other.
 */
export function batchMatMul(
  host: WasmHost,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  { transposeA, transposeB }: Transpositions,
  bias?: tf.TensorInfo,
  activation?: Activation,
): tf.TensorInfo {
  for (const { dtype } of [a, b]) {
    if (dtype !== "float32") {
      throw new TypeError(`matMul on backend wasm got a tensor of ${dtype}: float32 is allowed`);
    }
  }
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const inner = transposeA ? aRows : aColumns;
  if (inner !== (transposeB ? bColumns : bRows)) {
    throw new RangeError(
      `matMul got shapes [${a.shape.join(", ")}] and [${b.shape.join(", ")}] (transposeA ${transposeA}, transposeB ${transposeB}), whose inner dimensions differ`,
    );
  }
  const m = transposeA ? aColumns : aRows;
  const n = transposeB ? bRows : bColumns;
  const aOuter = a.shape.slice(0, -2);
  const bOuter = b.shape.slice(0, -2);
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(aOuter, bOuter);
  const out = host.output([...outer, m, n], "float32");
  const [aAddress, bAddress, outAddress] = [host.pointer(a), host.pointer(b), host.pointer(out)];
  for (const { batch, aStart, aStep, bStart, bStep, start } of batches(outer, aOuter, bOuter)) {
    const aSize = aRows * aColumns;
    const bSize = bRows * bColumns;
    // One matrix for a batch of rows: a taller matrix.
    const taller = bStep === 0 && aStep === 1 && !transposeA;
    multiplyAt(
      host,
      {
        rows: taller ? aRows * batch : aRows,
        columns: aColumns,
        transpose: transposeA,
        stride: aStep * aSize,
      },
      { rows: bRows, columns: bColumns, transpose: transposeB, stride: bStep * bSize },
      aAddress + 4 * aStart * aSize,
      bAddress + 4 * bStart * bSize,
      outAddress + 4 * start * m * n,
      { batch: taller ? 1 : batch, bias, activation },
    );
  }
  return out;
}

interface Run {
  /** How many products in a row. */
  batch: number;
  /** The index of the output's first matrix. */
  start: number;
  /** The first matrix of an operand, and how many it advances by from product to product. */
  aStart: number;
  aStep: 0 | 1;
  bStart: number;
  bStep: 0 | 1;
}

/** Breaks a broadcast batch into runs in which each operand either advances by one or stays. */
function* batches(outer: number[], aOuter: number[], bOuter: number[]): Generator<Run> {
  const rank = outer.length;
  const padded = (shape: number[]) => [...Array<number>(rank - shape.length).fill(1), ...shape];
  const aShape = padded(aOuter);
  const bShape = padded(bOuter);
  const kind = (axis: number) =>
    (aShape[axis] === outer[axis] ? 1 : 0) + (bShape[axis] === outer[axis] ? 2 : 0);
  // The innermost axes that broadcast alike are one axis.
  let first = rank;
  let inner: number | undefined;
  while (
    first > 0 &&
    (outer[first - 1] === 1 || inner === undefined || kind(first - 1) === inner)
  ) {
    first--;
    if (outer[first] !== 1) inner ??= kind(first);
  }
  const size = (shape: number[]) => shape.reduce((product, length) => product * length, 1);
  const batch = size(outer.slice(first));
  const aStep = inner === undefined || inner & 1 ? 1 : 0;
  const bStep = inner === undefined || inner & 2 ? 1 : 0;
  const runs = size(outer.slice(0, first));
  for (let run = 0; run < runs && batch > 0; run++) {
    let [aIndex, bIndex, rest, aScale, bScale] = [0, 0, run, 1, 1];
    for (let axis = first - 1; axis >= 0; axis--) {
      const length = outer[axis] as number;
      const at = rest % length;
      rest = Math.floor(rest / length);
      if (aShape[axis] !== 1) aIndex += at * aScale;
      if (bShape[axis] !== 1) bIndex += at * bScale;
      aScale *= aShape[axis] as number;
      bScale *= bShape[axis] as number;
    }
    yield {
      batch,
      start: run * batch,
      aStart: aIndex * (aStep ? batch : 1),
      aStep,
      bStart: bIndex * (bStep ? batch : 1),
      bStep,
    };
  }
}
