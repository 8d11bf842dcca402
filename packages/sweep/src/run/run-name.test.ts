import { resolveExperiment } from "@grok/train";
import { expect, it } from "vitest";
import { runName } from "./run-name";

const base = () => resolveExperiment({ preset: "mlp", flags: { p: 11, width: 32 } });

it("is the same whatever the order of keys, and for what does not decide the result", () => {
  const experiment = base();
  const name = runName(experiment);
  expect(name).toMatch(/^[0-9a-f]{16}$/);
  const reversed = Object.fromEntries(Object.entries(experiment).reverse());
  expect(runName(reversed as typeof experiment)).toBe(name);
  const training = {
    ...experiment.training,
    checkpointEvery: 7,
    keepCheckpoints: "all" as const,
    checkpointAt: [5],
  };
  const elsewhere = { backend: "cpu", threads: 3, preset: "custom", training } as const;
  expect(runName({ ...experiment, ...elsewhere })).toBe(name);
});

it("differs for all that decides the result", () => {
  const { training, ...rest } = base();
  const others = [
    { ...rest, training, seed: 1 },
    { ...rest, training: { ...training, steps: training.steps + 1 } },
    { ...rest, training: { ...training, stopOnGrok: true } },
    { ...rest, training: { ...training, evalEvery: 7 } },
    { ...rest, training, task: { ...rest.task, trainFraction: 0.46 } },
    { ...rest, training, optimizer: { ...rest.optimizer, weightDecay: 0.011 } },
    { ...rest, training, metrics: ["weight-norm"] },
    { ...rest, training, changes: [{ at: 5, set: { "optimizer.lr": 1 } }] },
    { ...rest, training, changes: [{ at: 6, set: { "optimizer.lr": 1 } }] },
    { ...rest, training, shortcuts: { ...rest.shortcuts, tokenTables: false } },
  ] as ReturnType<typeof base>[];
  const names = [base(), ...others].map(runName);
  expect(new Set(names).size).toBe(names.length);
});

it("is the same name from version to version", () => {
  // Results on disks everywhere are found by it: if this fails, say so in the release's notes.
  expect(runName(base())).toMatchInlineSnapshot(`"17d4dc812bddc9ed"`);
});
