import { expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { switchValue } from "./switch-value";

it("knows the words for on and off in any case, and nothing else", () => {
  for (const word of ["true", "True", "YES", "on", "1", " true "]) {
    expect(switchValue(word)).toBe(true);
  }
  for (const word of ["false", "False", "No", "OFF", "0"]) expect(switchValue(word)).toBe(false);
  for (const word of ["", "maybe", "2", "toString"]) expect(switchValue(word)).toBeUndefined();
});

it("is how text sets a switch of an experiment", () => {
  const stops = (text: string) =>
    resolveExperiment({ flags: { "stop-on-grok": text } }).training.stopOnGrok;
  expect(stops("False")).toBe(false);
  expect(stops("1")).toBe(true);
  expect(() => stops("2")).toThrow(/stop-on-grok must be/);
  expect(resolveExperiment({ flags: { "order-params": "no" } }).metrics).toEqual([]);
});
