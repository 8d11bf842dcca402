import type { StoredTensor } from "../../safetensors/format";

/** New values of every parameter, each from its old one and its place. */
export function each(
  parameters: ReadonlyMap<string, StoredTensor>,
  valueOf: (value: number, index: number, tensor: StoredTensor) => number,
): Map<string, Float32Array> {
  return new Map(
    Array.from(parameters, ([name, tensor]) => [
      name,
      Float32Array.from(tensor.data as Float32Array, (value, i) => valueOf(value, i, tensor)),
    ]),
  );
}
