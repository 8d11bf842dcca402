import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors } from "./decode";
import { encodeSafetensors } from "./encode";
import { SafetensorsError, type StoredTensor, type TensorFile } from "./format";

const name = fc.string({ minLength: 1 }).filter((text) => !/^__(metadata|proto)__$/.test(text));
const shape = fc.array(fc.nat(4), { maxLength: 3 });
const tensor = fc.tuple(shape, fc.boolean()).chain(([sizes, whole]) => {
  const length = sizes.reduce((a, b) => a * b, 1);
  const array = whole
    ? fc.int32Array({ minLength: length, maxLength: length })
    : fc.float32Array({ minLength: length, maxLength: length });
  return array.map((data): StoredTensor => ({ shape: sizes, data }));
});
const file: fc.Arbitrary<TensorFile> = fc.record({
  tensors: fc
    .uniqueArray(fc.tuple(name, tensor), { selector: ([key]) => key, maxLength: 5 })
    .map((entries) => new Map(entries)),
  metadata: fc
    .dictionary(fc.string(), fc.string(), { noNullPrototype: true })
    .filter((record) => !Object.hasOwn(record, "__proto__")),
});

/** A file with header text of our choosing, as an attacker or another writer would make it. */
function withHeader(header: string, dataBytes: number, declared?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, declared ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (begin: number, end: number, extra: object = {}) => ({
  dtype: "F32",
  shape: [(end - begin) / 4],
  data_offsets: [begin, end],
  ...extra,
});

describe("safetensors", () => {
  it("gives back every bit, of any names, shapes and values", () => {
    fc.assert(
      fc.property(file, (written) => {
        const bytes = encodeSafetensors(written);
        expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
        const read = decodeSafetensors(bytes);
        expect(read.metadata).toEqual(written.metadata);
        expect(new Set(read.tensors.keys())).toEqual(new Set(written.tensors.keys()));
        for (const [key, { shape: sizes, data }] of written.tensors) {
          const got = read.tensors.get(key) as StoredTensor;
          expect(got.shape).toEqual(sizes);
          expect(got.data.constructor).toBe(data.constructor);
          expect(new Uint8Array(got.data.buffer)).toEqual(
            new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice(),
          );
        }
      }),
    );
  });

  it("reads a mutated file as a valid one or refuses it with a SafetensorsError, never otherwise", () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(file, edits, fc.option(fc.nat()), (written, changes, cut) => {
        let bytes = encodeSafetensors(written);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        if (cut !== null) bytes = bytes.slice(0, cut % bytes.length);
        try {
          const read = decodeSafetensors(bytes);
          const total = [...read.tensors.values()].reduce((sum, t) => sum + t.data.byteLength, 0);
          const factor = read.notices.length === 0 ? 1 : 4;
          expect(total).toBeLessThanOrEqual(factor * (bytes.length - 8));
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("reads from Node's buffers, wherever in their memory they lie, without holding on to them", () => {
    const tensors = new Map([["a", { shape: [3], data: new Float32Array([1, 2, 3]) }]]);
    const bytes = encodeSafetensors({ tensors, metadata: {} });
    const buffer = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    const { data } = decodeSafetensors(buffer).tensors.get("a") as StoredTensor;
    buffer.fill(0);
    expect(data).toEqual(new Float32Array([1, 2, 3]));
    expect(data.buffer.byteLength).toBe(12);
  });

  it("refuses every proper prefix of a file", () => {
    const bytes = encodeSafetensors({
      tensors: new Map([["a", { shape: [2], data: new Float32Array([1, 2]) }]]),
      metadata: { step: "3" },
    });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.slice(0, length)), `${length}`).toThrow(
        SafetensorsError,
      );
    }
  });

  const faults: [string, Uint8Array, RegExp][] = [
    ["a hole", withHeader(JSON.stringify({ a: entry(0, 4), b: entry(8, 12) }), 12), /hole/],
    ["an overlap", withHeader(JSON.stringify({ a: entry(0, 8), b: entry(4, 12) }), 12), /overlaps/],
    ["trailing bytes", withHeader(JSON.stringify({ a: entry(0, 4) }), 5), /1 bytes follow/],
    ["data cut short", withHeader(JSON.stringify({ a: entry(0, 8) }), 4), /cut short/],
    ["another dtype", withHeader(JSON.stringify({ a: entry(0, 4, { dtype: "F31" }) }), 4), /F31/],
    [
      "a shape that does not fit",
      withHeader(JSON.stringify({ a: entry(0, 4, { shape: [2] }) }), 4),
      /needs 8/,
    ],
    [
      "a negative size",
      withHeader(JSON.stringify({ a: entry(0, 4, { shape: [-1] }) }), 4),
      /shape/,
    ],
    [
      "reversed offsets",
      withHeader(JSON.stringify({ a: entry(4, 0, { shape: [1] }) }), 4),
      /before it begins/,
    ],
    [
      "offsets between elements",
      withHeader(JSON.stringify({ a: { ...entry(0, 4), shape: [], data_offsets: [2, 6] } }), 8),
      /no multiple of 4/,
    ],
    [
      "a shape whose product is beyond any number",
      withHeader(JSON.stringify({ a: entry(0, 0, { shape: [2 ** 52, 2 ** 52] }) }), 0),
      /larger than any file/,
    ],
    [
      "sizes whose product passes 2^64 and comes back to 0",
      withHeader(JSON.stringify({ a: entry(0, 0, { shape: [2 ** 32, 2 ** 32] }) }), 0),
      /larger than any file/,
    ],
    [
      "a fraction for a size",
      withHeader(JSON.stringify({ a: entry(0, 4, { shape: [0.5, 2] }) }), 4),
      /no valid shape/,
    ],
    [
      "nine dimensions",
      withHeader(JSON.stringify({ a: entry(0, 4, { shape: Array(9).fill(1) }) }), 4),
      /at most 8/,
    ],
    [
      "a tensor twice",
      withHeader(`{"a":${JSON.stringify(entry(0, 4))},"a":${JSON.stringify(entry(0, 4))}}`, 4),
      /key "a" twice/,
    ],
    ["a key __proto__", withHeader('{"__proto__":{}}', 0), /__proto__/],
    ["deep nesting", withHeader(`{"a":${"[".repeat(1e6)}}`, 0), /nested more than/],
    ["an empty name", withHeader(JSON.stringify({ "": entry(0, 4) }), 4), /cannot be named/],
    ["a long name", withHeader(JSON.stringify({ ["n".repeat(257)]: entry(0, 4) }), 4), /257/],
    [
      "many tensors",
      withHeader(
        JSON.stringify(
          Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`t${i}`, entry(0, 0)])),
        ),
        0,
      ),
      /10001 tensors/,
    ],
    ["text that is no UTF-8", new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 0xc3, 0x28]), /UTF-8/],
    [
      "an unknown key",
      withHeader(JSON.stringify({ a: entry(0, 4, { more: 1 }) }), 4),
      /unknown key more/,
    ],
    [
      "metadata of numbers",
      withHeader(JSON.stringify({ __metadata__: { step: 3 } }), 0),
      /strings/,
    ],
    ["an array for a header", withHeader("[]", 0), /JSON object/],
    ["no JSON", withHeader("{", 0), /not JSON/],
    ["a header longer than allowed", withHeader("{}", 0, 2n ** 40n), /allowed/],
    ["a header longer than the file", withHeader("{}", 0, 100n), /cut short/],
  ];
  it.each(faults)("refuses %s", (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(SafetensorsError);
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });

  it("refuses to write data that does not fit its shape", () => {
    const tensors = new Map([["a", { shape: [3], data: new Float32Array(2) }]]);
    expect(() => encodeSafetensors({ tensors, metadata: {} })).toThrow(/a has 2 elements/);
  });
});
