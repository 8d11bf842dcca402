import { resolveExperiment } from "@grok/train";
import { expect, test } from "vitest";
import { sceneOf } from "../network/scene-of";
import { describe } from "../worker/describe";
import { goalText } from "./goal";
import { quick } from "./starting-point";

const goalOf = (preset: string, flags: Record<string, string>) => {
  const experiment = resolveExperiment({ preset, flags });
  return goalText(describe(experiment).task, sceneOf(experiment));
};

test.each([
  [quick.preset, quick.flags, /add a and b, and start again from 0 after 58\.$/],
  ["mlp", { op: "-", p: "31" }, /subtract b from a, and continue from 30 below 0\.$/],
  ["mlp", { op: "*", p: "31" }, /multiply a by b on a clock with 31 hours, from 0 to 30\.$/],
  ["mlp", { op: "/", p: "31" }, /divide a by b on a clock with 31 hours/],
  ["openai", { op: "s5" }, /all 14,400 questions of .+\.$/],
  ["addition-777", {}, /must learn this: .+\.$/],
] as [string, Record<string, string>, RegExp][])("%s with %j", (preset, flags, words) => {
  expect(goalOf(preset, flags)).toMatch(words);
});
