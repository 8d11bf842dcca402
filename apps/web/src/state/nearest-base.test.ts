import { resolveExperiment } from "@grok/train";
import { expect, test } from "vitest";
import { describe } from "../worker/describe";
import type { Base } from "./experiment";
import { nearestBase } from "./nearest-base";
import { quick } from "./starting-point";

const mlp: Base = { ...quick, name: "mlp", preset: "mlp", flags: {} };
const nanda: Base = { ...mlp, name: "nanda", preset: "nanda" };
const bases = [quick, mlp, nanda];
const read = (preset: string, flags: Record<string, string>) =>
  nearestBase(describe(resolveExperiment({ preset, flags })), bases);

test("an experiment is said to begin from what it is nearest to", () => {
  expect(read("mlp", quick.flags)).toEqual({ base: quick, given: {} });
  expect(read("mlp", { ...quick.flags, "train-fraction": "0.4", clip: "1" })).toEqual({
    base: quick,
    given: { "train-fraction": "0.4", clip: "1" },
  });
  expect(read("mlp", { p: "59" })).toEqual({ base: mlp, given: { p: "59" } });
  expect(read("nanda", { seed: "3" })).toEqual({ base: nanda, given: { seed: "3" } });
});

test("what it is said to begin from gives it again", () => {
  const experiment = resolveExperiment({
    preset: "mlp",
    flags: { ...quick.flags, "weight-decay": "0.01", seed: "7" },
  });
  const found = nearestBase(describe(experiment), bases);
  const flags = { ...found?.base.flags, ...found?.given };
  expect(resolveExperiment({ preset: found?.base.preset ?? "", flags })).toEqual(experiment);
});
