import { expect, test } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { train } from "./train";

test("without a backend training says what to do", async () => {
  const experiment = resolveExperiment({ preset: "mlp", flags: { p: 7, steps: 2 } });
  await expect(train(experiment).next()).rejects.toThrow(
    'TensorFlow.js has no backend yet: await useBackend("auto") of @grok/backend before training',
  );
});
