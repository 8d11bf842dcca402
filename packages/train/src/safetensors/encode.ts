import { bytesPerElement, checkName, elementCount, type TensorFile } from "./format";

/**
 * Writes a safetensors file: the header's length as 8 bytes little-endian, the header as JSON padded
 * with spaces to a multiple of 8, then every tensor's bytes, one after the other in the map's order.
 *
 * The same input gives the same bytes. Throws a `RangeError` where a tensor's data does not have as
 * many elements as its shape says.
 */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = [["__metadata__", metadata]];
  let offset = 0;
  for (const [name, { data, shape }] of tensors) {
    checkName(name);
    if (elementCount(shape) !== data.length) {
      throw new RangeError(
        `Tensor ${name} has ${data.length} elements, but its shape is [${shape.join(", ")}].`,
      );
    }
    const dtype = data instanceof Int32Array ? "I32" : "F32";
    const end = offset + data.byteLength;
    entries.push([name, { dtype, shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  // Not Object.fromEntries with JSON.stringify of one object: integer-like names would move forward.
  const json = `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`).join(",")}}`;
  const header = new TextEncoder().encode(json);
  const headerLength = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.fill(0x20, 8, 8 + headerLength);
  bytes.set(header, 8);
  let position = 8 + headerLength;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.length * bytesPerElement;
  }
  return bytes;
}
