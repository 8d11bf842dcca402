import { expect, it } from "vitest";
import { decodeSafetensors } from "./decode";

/** A file of one tensor of each kind, as PyTorch's safetensors would write it. */
function fileOf(tensors: Record<string, [dtype: string, shape: number[], bytes: Uint8Array]>) {
  let position = 0;
  const entries = Object.entries(tensors).map(([name, [dtype, shape, { length }]]) => {
    const data_offsets = [position, position + length];
    position += length;
    return [name, { dtype, shape, data_offsets }];
  });
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const data = Object.values(tensors).flatMap(([, , bytes]) => [...bytes]);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return Uint8Array.from([...length, ...header, ...data]);
}

const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer);

it("converts what it can, names it, and gives the rest as it is", () => {
  const { tensors, notices } = decodeSafetensors(
    fileOf({
      step: ["I64", [2], bytesOf(BigInt64Array.of(-3n, 97n))],
      huge: ["U64", [1], bytesOf(BigUint64Array.of(2n ** 40n))],
      weight: ["F32", [2], bytesOf(Float32Array.of(0.1, Number.NaN))],
      ids: ["I32", [1], bytesOf(Int32Array.of(-5))],
      // 1, −2, the largest, the smallest, −infinity, a third.
      half: ["F16", [6], bytesOf(Uint16Array.of(0x3c00, 0xc000, 0x7bff, 1, 0xfc00, 0x3555))],
      brain: ["BF16", [3], bytesOf(Uint16Array.of(0x3f80, 0xc049, 0x7f80))],
      mask: ["BOOL", [3], Uint8Array.of(1, 0, 1)],
      tiny: ["F8_E4M3", [1], Uint8Array.of(1)],
    }),
  );
  const data = (name: string) => tensors.get(name)?.data;
  expect(data("step")).toEqual(Int32Array.of(-3, 97));
  expect(data("weight")).toEqual(Float32Array.of(0.1, Number.NaN));
  expect(data("ids")).toEqual(Int32Array.of(-5));
  expect(data("half")).toEqual(
    Float32Array.of(1, -2, 65504, 2 ** -24, Number.NEGATIVE_INFINITY, 0.333251953125),
  );
  expect(data("brain")).toEqual(Float32Array.of(1, -3.140625, Number.POSITIVE_INFINITY));
  expect(data("mask")).toEqual(Int32Array.of(1, 0, 1));
  expect([...tensors.keys()]).toEqual(["step", "weight", "ids", "half", "brain", "mask"]);
  expect(notices).toEqual([
    "Tensor step has dtype I64; it is read as I32.",
    "Tensor huge has dtype U64 and values beyond 32 bits; it is left out.",
    "Tensor half has dtype F16; it is read as F32.",
    "Tensor brain has dtype BF16; it is read as F32.",
    "Tensor mask has dtype BOOL; it is read as I32.",
    "Tensor tiny has dtype F8_E4M3, which is not read here; it is left out.",
  ]);
});

it("holds each kind to its size", () => {
  expect(() => decodeSafetensors(fileOf({ a: ["I64", [2], new Uint8Array(8)] }))).toThrow(
    "Tensor a takes 8 bytes, but its shape [2] needs 16.",
  );
});
