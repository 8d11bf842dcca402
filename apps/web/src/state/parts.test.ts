import { expect, test } from "vitest";
import { readLimits } from "./parts";

const settings = ["p", "weight-decay", "seed"];
const read = (hide: string, lock: string) => readLimits({ hide, lock }, settings);

test("parts and settings are hidden and locked by name", () => {
  const { hidden, locked, problem } = read("runs, weight-decay", "settings,reset");
  expect([...hidden]).toEqual(["runs", "weight-decay"]);
  expect([...locked]).toEqual(["settings", "reset"]);
  expect(problem).toBeNull();
  expect(read("", "")).toEqual({ hidden: new Set(), locked: new Set(), problem: null });
});

test.each([
  ["nothing", "", /hides or locks "nothing", which is no part of this page; parts are preset/],
  ["__proto__,constructor", "", /"__proto__", which is no part/],
  ["<img src=x onerror=alert(1)>", "", /"<img src=x onerror=alert\(1\)>", which is no part/],
  ["x".repeat(500), "", /"x{40}", which is no part/],
  ["", "timeline", /locks timeline, which can only be hidden; what can be locked is preset/],
])("hide %j and lock %j is told, and the rest is followed", (hide, lock, message) => {
  const { hidden, problem } = read(`runs,${hide}`, lock);
  expect(problem).toMatch(message);
  expect(hidden.has("runs")).toBe(true);
});

test("before the settings are known no name is found wrong", () => {
  expect(readLimits({ hide: "seed", lock: "" }, null).problem).toBeNull();
});
