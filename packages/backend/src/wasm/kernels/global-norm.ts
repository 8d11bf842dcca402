import type * as tf from "@tensorflow/tfjs-core";
import { Op } from "../op";
import { kernel, sizeOf } from "./kernel";
import { entriesOf, writeTensorList } from "./tensor-list";

type Inputs = Record<string, tf.TensorInfo>;

/** Elements of a piece, as in assembly/global-norm.ts. */
const PIECE = 4096;

/** Bytes for one sum a piece. */
function sumsBytes(x: tf.TensorInfo): number {
  return 8 * Math.ceil(sizeOf(x) / PIECE);
}

/** Bytes for the sums of all tensors' pieces. */
function allSumsBytes(inputs: Inputs): number {
  return Object.values(inputs).reduce((bytes, x) => bytes + sumsBytes(x), 0);
}

const globalNorm = kernel("GrokGlobalNorm", (host, inputs) => {
  const norm = host.output([], "float32");
  const entries = entriesOf(inputs, 1);
  const { address, count, rest, elements } = writeTensorList(host, entries, allSumsBytes(inputs));
  host.run(Op.GlobalNorm, [address, count, host.pointer(norm), rest], [], elements);
  return [norm];
});

const clip = kernel("GrokClipByGlobalNorm", (host, inputs, { maxNorm }) => {
  const entries = entriesOf(inputs, 1).map(([x]) => [
    x as tf.TensorInfo,
    host.output((x as tf.TensorInfo).shape, "float32"),
  ]);
  const { address, count, rest, elements } = writeTensorList(host, entries, allSumsBytes(inputs));
  host.run(Op.ClipByGlobalNorm, [address, count, rest], [maxNorm], elements * 2);
  return entries.map(([, y]) => y as tf.TensorInfo);
});

const orthogonal = kernel("GrokOrthogonalGradient", (host, inputs) => {
  const entries = entriesOf(inputs, 2).map(([w, g]) => [
    w as tf.TensorInfo,
    g as tf.TensorInfo,
    host.output((w as tf.TensorInfo).shape, "float32"),
  ]);
  const room = 4 * Math.max(...Object.values(inputs).map(sumsBytes));
  const { address, count, rest, elements } = writeTensorList(host, entries, room);
  host.run(Op.OrthogonalGradient, [address, count, rest], [], elements * 5);
  return entries.map(([, , y]) => y as tf.TensorInfo);
});

export const globalNormKernels = [globalNorm, clip, orthogonal];
