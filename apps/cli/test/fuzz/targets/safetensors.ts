import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  type TensorFile,
} from "@grok/train/safetensors";
import fc from "fast-check";
import { joined, mutateBytes, mutateText } from "../mutate";
import type { Random } from "../random";
import { ensure, refusal, type Target } from "../target";

const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.startsWith("__"));
const tensor = fc
  .tuple(fc.array(fc.nat(4), { maxLength: 3 }), fc.boolean())
  .chain(([shape, whole]) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const limits = { minLength: length, maxLength: length };
    const data = whole ? fc.int32Array(limits) : fc.float32Array(limits);
    return data.map((values): StoredTensor => ({ shape, data: values }));
  });
const file: fc.Arbitrary<TensorFile> = fc.record({
  tensors: fc
    .uniqueArray(fc.tuple(name, tensor), { selector: ([key]) => key, maxLength: 5 })
    .map((entries) => new Map(entries)),
  metadata: fc.dictionary(name, fc.string({ maxLength: 12 }), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
});
const valid = fc.sample(file, { numRuns: 300, seed: 1 }).map(encodeSafetensors);

const odd: readonly unknown[] = JSON.parse(
  '[0,1,2,3,4,8,12,16,-1,-4,0.5,1e21,2147483648,4294967296,9007199254740992,9007199254740991,null,"4",true,[],{},[4],1.7976931348623157e308]',
);
const kinds = [
  ..."F32 F32 F32 I32 F64 F16 BF16 I64 BOOL U8 F8_E5M2".split(" "),
  "f32",
  "",
  null,
  4,
  ["F32"],
  {},
];

/** A header of entries that are nearly right, over data that nearly fits. */
function built(random: Random): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = [];
  let position = 0;
  for (let i = random.below(5); i > 0; i--) {
    const shape: unknown[] = Array.from({ length: random.below(4) }, () => random.below(4));
    const size = shape.reduce<number>((product, each) => product * (each as number), 4);
    const offsets: unknown[] = [position, position + size];
    position += size;
    const entry: Record<string, unknown> = { dtype: "F32", shape, data_offsets: offsets };
    if (random.chance(0.2)) entry.dtype = random.pick(kinds);
    if (random.chance(0.2)) shape[random.below(9)] = random.pick(odd);
    if (random.chance(0.2)) offsets[random.below(3)] = random.pick(odd);
    if (random.chance(0.1)) offsets.reverse();
    if (random.chance(0.05)) entry[random.pick(["extra", "__proto__", "shape"])] = random.pick(odd);
    const called = random.pick(["a", "b", "c", "d", "e", "f", "", "__proto__", "__metadata__"]);
    entries.push([called, random.chance(0.05) ? random.pick(odd) : entry]);
  }
  const json = entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return withHeader(
    `{${json.join(",")}}`,
    random.bytes(position + random.pick([0, 0, 0, 0, 4, 1])),
  );
}

/** A file with this header, whose length is right. */
function withHeader(header: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return joined(length, text, data);
}

/** The text of a file's header, and what follows. */
function parts(bytes: Uint8Array<ArrayBuffer>): [string, Uint8Array] {
  const end = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return [new TextDecoder().decode(bytes.subarray(8, end)), bytes.subarray(end)];
}

/** Files of tensors: bytes changed, headers changed with their length put right, headers built. */
export const safetensors: Target = {
  name: "safetensors",
  make(random) {
    const bytes = random.pick(valid);
    if (random.chance(0.35)) return mutateBytes(random, bytes);
    if (random.chance(0.5)) return built(random);
    const [header, data] = parts(bytes);
    return withHeader(mutateText(random, header), data);
  },
  check(input) {
    const bytes = input as Uint8Array<ArrayBuffer>;
    let read: ReturnType<typeof decodeSafetensors>;
    try {
      read = decodeSafetensors(bytes);
    } catch (error) {
      return refusal(error, ["SafetensorsError"]);
    }
    let total = 0;
    for (const [key, { shape, data }] of read.tensors) {
      ensure(key !== "" && key.length <= 256, "names are as allowed");
      ensure(shape.reduce((a, b) => a * b, 1) === data.length, "a shape fits its data");
      ensure(data.byteLength === data.buffer.byteLength, "an array has memory of its own");
      total += data.byteLength;
    }
    const [, data] = parts(bytes);
    // The smallest of other kinds take a byte, and four when they are converted.
    if (read.notices.length === 0)
      ensure(total === data.length, "the tensors take all of the data");
    else ensure(total <= 4 * data.length, "conversion takes four times the data at most");
    const again = decodeSafetensors(encodeSafetensors(read));
    ensure(again.tensors.size === read.tensors.size, "what was read can be written again");
    return "valid";
  },
};
