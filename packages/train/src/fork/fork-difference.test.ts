import { expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { forkDifference } from "./fork-difference";
import { forkExperiment } from "./fork-experiment";

const parent = resolveExperiment({
  preset: "mlp",
  flags: { steps: 2000, change: "500: weight-decay=2; 1500: lr=0.1" },
});
const differenceOf = (change: string, at = 1000) =>
  forkDifference(forkExperiment(parent, { at, flags: { change } }), parent, at);

it("names what a fork changes, and what its parent has there", () => {
  expect(differenceOf("1000: weight-decay=0 freeze=embedding")).toEqual({
    fork: "weight-decay=0 freeze=embedding",
    parent: "weight-decay=2",
  });
  expect(differenceOf("1000: zero=embedding")).toEqual({
    fork: "zero=embedding",
    parent: "no change",
  });
});

it("tells the steps of changes at others, and not those that the parent has too", () => {
  expect(differenceOf("1000: lr=0.01; 1200: loss=mse").fork).toBe("1000: lr=0.01; 1200: loss=mse");
  expect(differenceOf("1200: loss=mse")).toMatchObject({ parent: "loss=softmax" });
  expect(forkDifference(parent, parent, 1000)).toEqual({ fork: "", parent: "no change" });
});
