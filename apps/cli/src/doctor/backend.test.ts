import { expect, it } from "vitest";
import { judgeBackend } from "./backend";

it.each([
  [{ name: "wasm", threads: 2, simd: "wide", reason: "The best that is here." }, "here"],
  [{ name: "wasm", threads: 2, simd: "plain", reason: "No relaxed SIMD." }, "slow"],
  [{ name: "cpu", threads: 1, simd: undefined, reason: "No WebAssembly." }, "slow"],
  [{ name: "wasm", threads: 1, simd: "wide", reason: "", notice: "Few addresses." }, "slow"],
] as const)("%j is %s", (choice, condition) => {
  const found = judgeBackend(choice);
  expect(found.condition).toBe(condition);
  expect(found.text).toMatch(new RegExp(`^${choice.name}, `));
});
