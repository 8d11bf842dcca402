import { describe, expect, it } from "vitest";
import { SweepError } from "../sweep-error";
import { parseSweep } from "./parse-sweep";

/** What zod and yaml say of such data, which is none of ours. */
const raw =
  /invalid|expected|received|unresolved|too (big|small)|regular expression|\bat line\b|implicit|scalar/i;

const wrong = [
  "",
  "null",
  "7",
  "text",
  "[]",
  "- a",
  "title: [1]",
  "title: null",
  "preset: 3",
  "<<: 3",
  "flags: 3",
  "flags: [1]",
  "flags: {lr: [1]}",
  "flags: {lr: {a: 1}}",
  "flags: {lr: .nan}",
  "grid: 3",
  "grid: {lr: 1}",
  "grid: {lr: []}",
  "grid: {lr: {a: 1}}",
  "grid: {lr: [[1]]}",
  "grid: {lr: {from: 1, to: 2}}",
  "grid: {lr: {from: 1, to: 2, count: 0}}",
  "grid: {lr: {from: 1, to: 2, count: 1e9}}",
  "grid: {lr: {from: .inf, to: 2, count: 3}}",
  "grid: {lr: {from: 1, to: 2, count: 3, scale: x}}",
  "grid: {lr: {from: 1, to: 2, more: 3}}",
  "list: 3",
  "list: [3]",
  "list: [{lr: [1]}]",
  "sample: 3",
  "sample: {}",
  "sample: {count: 0, over: {lr: 3}}",
  "sample: {count: 3, method: x, over: {}}",
  "sample: {count: 3, seed: x, over: {lr: {from: 1, to: 3}}}",
  "sample: {count: 3, over: {}}",
  "seeds: x",
  "seeds: [x]",
  "seeds: []",
  "seeds: 1.5",
  "seeds: {a: 1}",
  "seeds: null",
  "when: 3",
  "when: {lr: 3}",
  "when: {lr: {op: {a: 1}}}",
  "exclude: 3",
  "exclude: [3]",
  "? [a, b]\n: 3",
  "flags: !!set {a, b}",
  "flags: !!binary aGk=",
  // What yaml itself refuses.

  'title: "\\q"',
  "title: 'abc",
  "title: |9x\n a",
  "a: b: c",
  "a:\n\t- b",
  "%x\n---\n@",
  "a: *b",
  "{a: 1",
  "[1",
  "a: 1\na: 2",
  "a: 1\n---\nb: 2",
  "- a\nb: 1",
  "? a\n? b\n :",
  "preset: !mine mlp",
  "%YAML 3.0\n---\npreset: mlp",
  "op: -",
  "op: *",
  "`a`",
];

describe("what is wrong with a sweep's file", () => {
  it.each(wrong)("is said in words of ours: %j", (text) => {
    const error = catching(() => parseSweep(text));
    expect(error).toBeInstanceOf(SweepError);
    const { message } = error as SweepError;
    expect(message).not.toMatch(raw);
    expect(message).toMatch(/^[^\n]+\.$/);
  });

  it("keeps what the library said as its cause, for --debug", () => {
    for (const text of ["flags: 3", "title: 'abc"]) {
      const { cause } = catching(() => parseSweep(text)) as Error;
      expect(cause, text).toBeInstanceOf(Error);
    }
  });
});

function catching(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}
