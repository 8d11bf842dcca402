import { expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { experimentAt } from "./experiment-at";

it("is what holds in the update that leads to a step", () => {
  const { changes, ...plain } = resolveExperiment({
    preset: "mlp",
    flags: { p: 7, change: "5: train-fraction=0.2 freeze=embedding; 9: lr=0.5" },
  });
  const whole = { ...plain, changes };
  expect(experimentAt(whole, 0)).toEqual(plain);
  expect(experimentAt(whole, 5)).toEqual(plain);
  expect(experimentAt(whole, 6)).toMatchObject({
    task: { trainFraction: 0.2 },
    optimizer: { lr: plain.optimizer.lr, parameterGroups: [{ match: "embedding", frozen: true }] },
  });
  expect(experimentAt(whole, 10).optimizer.lr).toBe(0.5);
  expect(experimentAt(whole, 10)).not.toHaveProperty("changes");
});
