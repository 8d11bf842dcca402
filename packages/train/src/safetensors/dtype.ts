import { printable } from "../experiment/printable";
import type { StoredTensor } from "./format";

/** A kind of number in a file, and how an array of it becomes one of those that we compute with. */
interface Dtype {
  /** Bytes of one element. */
  readonly bytes: number;
  /** Undefined if there is no array for it here; null for values that do not fit into it. */
  readonly read?: (view: DataView, count: number) => StoredTensor["data"] | null;
}

const floats =
  (bytes: number, at: (view: DataView, i: number) => number) => (view: DataView, count: number) =>
    Float32Array.from({ length: count }, (_, i) => at(view, i * bytes));

const integers =
  (bytes: number, at: (view: DataView, i: number) => number | bigint) =>
  (view: DataView, count: number) => {
    const data = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const value = at(view, i * bytes);
      const number = Number(value);
      if (number < -(2 ** 31) || number >= 2 ** 31) return null;
      data[i] = number;
    }
    return data;
  };

/** An IEEE 754 half: a sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const word = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function brain(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}

/** The kinds of numbers of the format (safetensors 0.5), little-endian. */
export const dtypes: ReadonlyMap<string, Dtype> = new Map<string, Dtype>([
  ["F32", { bytes: 4, read: floats(4, (view, i) => view.getFloat32(i, true)) }],
  ["I32", { bytes: 4, read: integers(4, (view, i) => view.getInt32(i, true)) }],
  ["F64", { bytes: 8, read: floats(8, (view, i) => view.getFloat64(i, true)) }],
  ["F16", { bytes: 2, read: floats(2, (view, i) => half(view.getUint16(i, true))) }],
  ["BF16", { bytes: 2, read: floats(2, (view, i) => brain(view.getUint16(i, true))) }],
  ["I64", { bytes: 8, read: integers(8, (view, i) => view.getBigInt64(i, true)) }],
  ["U64", { bytes: 8, read: integers(8, (view, i) => view.getBigUint64(i, true)) }],
  ["U32", { bytes: 4, read: integers(4, (view, i) => view.getUint32(i, true)) }],
  ["I16", { bytes: 2, read: integers(2, (view, i) => view.getInt16(i, true)) }],
  ["U16", { bytes: 2, read: integers(2, (view, i) => view.getUint16(i, true)) }],
  ["I8", { bytes: 1, read: integers(1, (view, i) => view.getInt8(i)) }],
  ["U8", { bytes: 1, read: integers(1, (view, i) => view.getUint8(i)) }],
  ["BOOL", { bytes: 1, read: integers(1, (view, i) => Number(view.getUint8(i) !== 0)) }],
  ["F8_E4M3", { bytes: 1 }],
  ["F8_E5M2", { bytes: 1 }],
  ["F8_E8M0", { bytes: 1 }],
]);

/** A tensor's array, and what is to be said of it where it is not what the file has. */
export interface ConvertedTensor {
  /** Null if it cannot be had. */
  readonly data: StoredTensor["data"] | null;
  readonly notice?: string;
}

/** Reads a tensor's bytes as float32 or int32, whatever kind of number they are. */
export function convertTensor(
  name: string,
  dtype: string,
  bytes: Uint8Array<ArrayBuffer>,
): ConvertedTensor {
  const kind = dtypes.get(dtype);
  // Exactly what is computed with: no conversion, and no copy beside the one that this is.
  if (dtype === "F32") return { data: new Float32Array(bytes.buffer) };
  if (dtype === "I32") return { data: new Int32Array(bytes.buffer) };
  const tensor = `Tensor ${printable(name)} has dtype ${printable(dtype)}`;
  if (kind?.read === undefined) {
    return { data: null, notice: `${tensor}, which is not read here; it is left out.` };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = kind.read(view, bytes.byteLength / kind.bytes);
  if (data === null) {
    return { data, notice: `${tensor} and values beyond 32 bits; it is left out.` };
  }
  const to = data instanceof Int32Array ? "I32" : "F32";
  return { data, notice: `${tensor}; it is read as ${to}.` };
}
