import "@tensorflow/tfjs-backend-cpu";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { collect, tiny } from "../../test/tiny";
import { train } from "../loop/train";
import { checkRecords } from "./check-records";
import { createRun } from "./create-run";
import { exportRun } from "./export-run";

let folder: string;
beforeAll(async () => void (await tf.setBackend("cpu")));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-records-"));
  const flags = { p: 7, "d-model": 8, "batch-size": 8, steps: 8, "eval-every": 2 };
  const experiment = tiny("mlx", { ...flags, "stop-on-grok": false });
  const store = await createRun(join(folder, "run"), experiment);
  await collect(train(experiment, { store }));
  await store.close();
});
afterEach(() => rm(folder, { recursive: true }));

const run = () => join(folder, "run");

/** Takes lines away from the metrics. */
async function lose(keep: (line: string, index: number) => boolean): Promise<void> {
  const path = join(run(), "metrics.jsonl");
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  await writeFile(path, lines.filter(keep).join("\n"));
}

it("takes a whole run, and one whose last line a crash tore", async () => {
  await checkRecords(run());
  await lose((_, index) => index < 3);
  await checkRecords(run());
});

it("refuses a run that has fewer records than its checkpoint has seen, as an export does", async () => {
  await lose((_, index) => index !== 1);
  const sentence = /metrics\.jsonl has 3 records up to step 8, where the checkpoint has seen 4/;
  await expect(checkRecords(run())).rejects.toThrow(sentence);
  await expect(exportRun(run(), join(folder, "a.zip"))).rejects.toThrow(sentence);
});

it("holds a run without checkpoints against its summary", async () => {
  await rm(join(run(), "checkpoints"), { recursive: true });
  await checkRecords(run());
  await lose((_, index) => index < 2);
  await expect(checkRecords(run())).rejects.toThrow(/ends at step 4, but the run ended at step 8/);
});
