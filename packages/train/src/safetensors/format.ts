import { printable } from "../experiment/printable";

/** A tensor as it lies in a file: `data` in row-major order; float32 or int32 by the array's kind. */
export interface StoredTensor {
  shape: readonly number[];
  data: Float32Array | Int32Array;
}

/** What a safetensors file holds: tensors by name, in the order of their bytes, and free text. */
export interface TensorFile {
  tensors: Map<string, StoredTensor>;
  metadata: Record<string, string>;
}

/** A file that is not a whole safetensors file of the kind that this project writes. */
export class SafetensorsError extends RangeError {
  override name = "SafetensorsError";
}

/** F32 and I32, the two kinds that a checkpoint needs, both take four bytes. */
export const bytesPerElement = 4;

/** The number of elements of a tensor of this shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

const longestName = 256;

/**
 * Checks that a tensor may have a name.
 *
 * @throws SafetensorsError if it is empty, longer than 256 characters, or one with a meaning of
 * its own: `__metadata__` in the format, `__proto__` in JavaScript
 */
export function checkName(name: string): void {
  if (name === "" || name === "__metadata__" || name === "__proto__") {
    throw new SafetensorsError(`A tensor of a safetensors file cannot be named "${name}".`);
  }
  if (name.length > longestName) {
    throw new SafetensorsError(
      `The name of tensor ${printable(name)} has ${name.length} characters; allowed: ${longestName}.`,
    );
  }
}
