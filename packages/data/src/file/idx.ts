/** The array of an IDX file. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** Row by row; only unsigned bytes are read. */
  readonly values: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes, the form of MNIST's images and labels: two zero bytes, the type
 * 8, the number of dimensions, the size of each as a big-endian 32-bit integer, then the bytes.
 *
 * @throws RangeError if the file is compressed, of another type or cut short
 */
export function parseIdx(bytes: Uint8Array): IdxArray {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new RangeError("The file is compressed: unpack it with gunzip first.");
  }
  const [zero, also, type = 0, rank = 0] = bytes;
  if (bytes.length < 4 || zero !== 0 || also !== 0 || rank < 1 || rank > 4) {
    throw new RangeError(
      "The file is no IDX file: it must begin with 0, 0, a type and 1 to 4 dimensions.",
    );
  }
  if (type !== 8) {
    throw new RangeError(`The IDX file is of type ${type}: only unsigned bytes, 8, are read.`);
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw new RangeError("The IDX file ends within its header.");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, side) => product * side, 1);
  if (bytes.length - start !== size) {
    throw new RangeError(
      `The IDX file has ${bytes.length - start} bytes of values: [${shape.join(", ")}] needs ${size}.`,
    );
  }
  return { shape, values: bytes.subarray(start) };
}
