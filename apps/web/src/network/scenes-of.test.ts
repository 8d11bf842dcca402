import { resolveExperiment } from "@grok/train";
import { expect, it } from "vitest";
import { sceneAt } from "./scene-after";
import { scenesOf } from "./scenes-of";

const trainedOn = (table: { train: Uint8Array } | null | undefined) =>
  table?.train.reduce((sum, one) => sum + one, 0);

it("has another scene after each change of the examples or the loss, and only after those", () => {
  const scenes = scenesOf(
    resolveExperiment({
      preset: "mlp",
      flags: {
        p: 7,
        trainFraction: 0.5,
        change: "10: lr=0.1 zero=embedding; 20: train-fraction=0.2; 30: loss=mse",
      },
    }),
  );
  expect(scenes.map(({ after }) => after)).toEqual([0, 20, 30]);
  expect(scenes.map(({ scene }) => trainedOn(scene.table))).toEqual([24, 9, 9]);
  expect(scenes.map(({ scene }) => scene.hasLogits)).toEqual([true, true, false]);
  // The evaluation at the step of a change comes before it.
  expect(trainedOn(sceneAt(scenes, 20)?.table)).toBe(24);
  expect(trainedOn(sceneAt(scenes, 21)?.table)).toBe(9);
  expect(sceneAt(scenes, 0)).toBe(scenes[0]?.scene);
  expect(sceneAt([], 5)).toBeNull();
});
