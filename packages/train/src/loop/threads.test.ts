import "@tensorflow/tfjs-backend-cpu";
import { describeBackend } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import type { Summary } from "../run/record";
import { train } from "./train";

const sizes = { p: 7, width: 8, "embed-dim": 4, steps: 1, "eval-every": 1, backend: "cpu" };

async function summaryOf(threads?: number): Promise<Summary | undefined> {
  const experiment = resolveExperiment({ preset: "mlp", flags: sizes });
  for await (const event of train(experiment, { threads })) {
    if (event.type === "end") return event.summary;
  }
  return undefined;
}

it("says on how many threads a run was done if nobody asked for any, as the backend knows it", async () => {
  await tf.setBackend("cpu");
  expect((await summaryOf())?.threads).toBeNull();
  describeBackend({ versions: {}, threads: 3 });
  expect((await summaryOf())?.threads).toBe(3);
  expect((await summaryOf(2))?.threads).toBe(2);
});
