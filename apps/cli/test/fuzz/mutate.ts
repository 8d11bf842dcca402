import type { Random } from "./random";

/** Numbers that readers stumble over, as text. */
const numbers = [
  "",
  ..."0 -0 -1 1 2 7 0.5 1e-7 255 256 65536 2147483648 4294967295 4294967296".split(" "),
  ..."9007199254740991 9007199254740993 1e21 1e308 1e999 -1e999".split(" "),
  ..."18446744073709551616 NaN Infinity 0x10 01 1_0".split(" "),
];

/** What is put where a value stood in a text. */
const values = [
  ...'null true [] {} "" "x" [[]] "\\ud800" "\\u001b[2J" [1,2,3] { "'.split(" "),
  '{"__proto__":{"polluted":1}}',
  '{"constructor":1,"toString":1}',
];

/** What has a meaning somewhere. */
const characters = '{}[]",:\\&=%#+-.\n\t \0\u202e\ud800'.split("");

const keys = ["__proto__", "constructor", "toString", "step", "preset", "a", "\\u0061", ""];

/** The most bytes that a case has: what is tried is the reader, not the machine. */
const longest = 2 ** 16;

/** One to four changes of bytes: bits, lengths, pieces, numbers of 32 and 64 bits. */
export function mutateBytes(
  random: Random,
  bytes: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  let changed = new Uint8Array(bytes);
  for (let left = 1 + random.below(4); left > 0; left--) changed = changeBytes(random, changed);
  return changed.slice(0, longest);
}

function changeBytes(random: Random, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length === 0) return random.bytes(random.below(16));
  const at = random.below(bytes.length);
  const end = Math.min(bytes.length, at + 1 + random.below(32));
  switch (random.below(8)) {
    case 0:
      bytes[at] = (bytes[at] as number) ^ (1 << random.below(8));
      return bytes;
    case 1:
      bytes[at] = random.pick([0, 1, 0x20, 0x22, 0x2c, 0x30, 0x39, 0x5c, 0x7b, 0x7d, 0x80, 0xff]);
      return bytes;
    case 2:
      return bytes.slice(0, at);
    case 3:
      return joined(bytes, random.bytes(1 + random.below(16)));
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(end));
    case 5:
      return joined(bytes.subarray(0, end), bytes.subarray(at));
    case 6: {
      const from = random.below(bytes.length);
      bytes.copyWithin(at, from, Math.min(bytes.length, from + random.below(32)));
      return bytes;
    }
    default: {
      const view = new DataView(bytes.buffer);
      const value = BigInt(random.pick([0, 1, 7, 8, 255, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 53]));
      if (at + 8 <= bytes.length && random.chance(0.5)) view.setBigUint64(at, value, true);
      else if (at + 4 <= bytes.length) view.setUint32(at, Number(value & 0xffffffffn), true);
      return bytes;
    }
  }
}

/** One to four changes of text: numbers, values, keys, characters, pieces, nesting. */
export function mutateText(random: Random, text: string): string {
  let changed = text;
  for (let left = 1 + random.below(4); left > 0; left--) changed = changeText(random, changed);
  return changed.slice(0, longest);
}

function changeText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + random.below(24));
  switch (random.below(9)) {
    case 0:
      return replaceOne(random, text, /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, random.pick(numbers));
    case 1:
      return replaceOne(
        random,
        text,
        /"(?:[^"\\]|\\.)*"(?!\s*:)|\b(?:true|false|null)\b/g,
        random.pick(values),
      );
    case 2:
      return replaceOne(random, text, /"(?:[^"\\]|\\.)*"(?=\s*:)/g, `"${random.pick(keys)}"`);
    case 3:
      return text.slice(0, at);
    case 4:
      return text.slice(0, at) + text.slice(end);
    case 5:
      return text.slice(0, end) + text.slice(at);
    case 6:
      return text.slice(0, at) + random.pick(characters) + text.slice(at);
    case 7:
      return (
        text.slice(0, at) +
        random.pick(["[", '{"a":', "- ", "&", "9", "*a "]).repeat(random.below(200)) +
        text.slice(at)
      );
    default:
      return text.slice(0, at) + random.pick([...numbers, ...values, ...keys]) + text.slice(end);
  }
}

function replaceOne(random: Random, text: string, what: RegExp, by: string): string {
  const found = [...text.matchAll(what)];
  if (found.length === 0) return text;
  const { index, 0: old } = random.pick(found);
  return text.slice(0, index) + by + text.slice(index + old.length);
}

/** Byte arrays one after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    bytes.set(part, position);
    position += part.length;
  }
  return bytes;
}
