import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listBackends, useBackend } from "@grok/backend";
import { type EvaluationRecord, resolveExperiment, train } from "@grok/train";
import { readRun } from "@grok/train/node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sweepRun } from "../run/run-name";
import { type Runner, startRunner } from "./runner";

// A runner, which serves the pool and the queue's worker alike, whose graphics device is lost in the
// middle of a run; on a software adapter if there is no other.
const [gpu] = await listBackends({ allowSoftware: true });

let folder: string;
let runner: Runner | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-loss-"));
  vi.stubEnv("GROK_WEBGPU", "software");
  vi.stubEnv("NODE_OPTIONS", `--import=${new URL("../../test/lose-device.mjs", import.meta.url)}`);
});
afterEach(async () => {
  await runner?.stop();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const flags = { p: 7, width: 8, "embed-dim": 4, "batch-size": 9, steps: 30, "eval-every": 5 };
const run = sweepRun(
  resolveExperiment({ preset: "mlp", flags: { ...flags, "stop-on-grok": false } }),
);

/** Does the run in a folder of its own. */
const does = (name: string) => (runner as Runner).run({ run, folder: join(folder, name) });

/** A run's records, except the clock. */
async function recordsOf(name: string) {
  const { records } = await readRun(join(folder, name));
  return records.map((record) => ({ ...record, elapsed_sec: 0 }));
}

/** The run's records on cpu, made here. */
async function onCpu(): Promise<EvaluationRecord[]> {
  await useBackend("cpu");
  const records: EvaluationRecord[] = [];
  for await (const event of train({ ...run.experiment, backend: "cpu" })) {
    if (event.type === "evaluation") records.push(event.record);
  }
  return records;
}

describe.skipIf(gpu?.available !== true)(
  `a runner on WebGPU [${gpu?.reason ?? "not here"}]`,
  // A software adapter compiles and computes slowly, the more so on a busy machine.
  { timeout: 600_000 },
  () => {
    it("continues with a new device, and the next run is none the worse for it", async () => {
      vi.stubEnv("GROK_LOSE_AFTER", "40");
      runner = startRunner({ threads: 1, backend: "webgpu" });
      const lost = await does("lost");
      expect(lost).toMatchObject({ status: "finished", steps: 30, backend: "webgpu" });
      expect(lost.device_losses).toMatchObject([
        { backend: "webgpu", from: expect.toSatisfy((at: number) => at > 0) },
      ]);
      // The same run once more: nothing is lost, and the same adapter computes the same.
      const whole = await does("whole");
      expect(whole.device_losses).toBeUndefined();
      expect(await recordsOf("lost")).toEqual(await recordsOf("whole"));
    });

    it("continues on wasm where no device comes back; runs that begin later fail in a sentence", async () => {
      vi.stubEnv("GROK_LOSE_AFTER", "40");
      vi.stubEnv("GROK_LOSE_FOR_GOOD", "1");
      runner = startRunner({ threads: 1, backend: "webgpu" });
      const summary = await does("lost");
      expect(summary).toMatchObject({
        status: "finished",
        steps: 30,
        backend: "wasm",
        device_losses: [{ backend: "wasm", reason: expect.stringMatching(/lost/) }],
      });
      const { config, records } = await readRun(join(folder, "lost"));
      expect(config.backend).toBe("wasm");
      expect(config.history).toMatchObject([{ backend: "webgpu" }]);
      const expected = await onCpu();
      expect(records.map(({ step }) => step)).toEqual(expected.map(({ step }) => step));
      for (const [i, { train_loss, val_loss }] of records.entries()) {
        expect(Math.abs(train_loss - (expected[i]?.train_loss as number))).toBeLessThan(1e-4);
        expect(Math.abs(val_loss - (expected[i]?.val_loss as number))).toBeLessThan(1e-4);
      }
      await expect(does("later")).rejects.toThrow(/^backend webgpu is not available: .*adapter/);
      expect(runner.isFree).toBe(true);
    });
  },
);
