import { startWebgpu, stopBackend, useBackend } from "@grok/backend";
import type { Experiment } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, it } from "vitest";
import { oracleSuite } from "../../../packages/models/test/oracle-suite";
import { tinyExperiments } from "../../../packages/train/test/tiny";
import { loseAfter, lossesOf, shortRun, trainThroughLoss, trainToEnd } from "./device-loss";

// Training on WebGPU in Node, on whatever adapter is here, if only in software.
const missing = await startWebgpu({ allowSoftware: true }).then(
  () => undefined,
  (error: Error) => error.message,
);

afterAll(stopBackend);

const start = () => startWebgpu({ allowSoftware: true });

// A software adapter compiles and computes slowly, the more so on a busy machine.
const timeout = 600_000;

describe.skipIf(missing)(`on WebGPU [${missing ?? "an adapter is here"}]`, { timeout }, () => {
  // Two steps: the second begins from what the first made of weights and moments. A software adapter
  // takes a minute for ten.
  oracleSuite("webgpu", start, { steps: 2 });

  it.each(Object.keys(tinyExperiments))("trains as on cpu: %s", async (name) => {
    const experiment = tinyExperiments[name] as Experiment;
    await useBackend("cpu");
    const expected = lossesOf(await trainToEnd(experiment));
    await start();
    const before = tf.memory().numTensors;
    const actual = lossesOf(await trainToEnd(experiment));
    expect(tf.memory().numTensors).toBe(before);
    expect(actual.length).toBe(expected.length);
    // Adam's first steps enlarge the rounding of float32.
    for (const [i, loss] of actual.entries()) {
      expect(Math.abs(loss - (expected[i] as number))).toBeLessThan(1e-3);
    }
  });

  it("asks the device for little in each step, and keeps nothing", async () => {
    const host = await start();
    const { backend, counters } = host;
    type Seen = typeof counters & { bytes: number; tensors: number };
    const seen: Seen[] = [];
    const measure = () => {
      const bytes = backend.bufferManager.numBytesAllocated + host.ownBytes;
      seen.push({ ...counters, bytes, tensors: tf.memory().numTensors });
      return {};
    };
    const every = 120;
    const training = {
      ...shortRun.training,
      steps: 4 * every,
      evalEvery: every,
      evalAtStart: false,
    };
    await trainToEnd({ ...shortRun, training }, { measure });
    expect(seen.length).toBe(4);
    // The first ones fill the pools; bench/webgpu-growth.mjs does the same over 5,000 steps.
    const [, before, , after] = seen as [Seen, Seen, Seen, Seen];
    // Besides the steps, evaluations and the reading of the losses.
    expect((after.dispatches - before.dispatches) / (2 * every)).toBeLessThan(20);
    expect((after.submits - before.submits) / (2 * every)).toBeLessThan(1.2);
    expect(after.reads - before.reads).toBeLessThan(20);
    expect(after.pipelines).toBe(before.pipelines);
    expect(after.bytes).toBe(before.bytes);
    expect(after.tensors).toBe(before.tensors);
  });

  let whole: ReturnType<typeof trainToEnd> | undefined;

  /** The run as it is without a loss; made once. */
  async function wholeRun() {
    await start();
    whole ??= trainToEnd(shortRun);
    return whole;
  }

  const { steps } = shortRun.training;

  it("continues from the last evaluation when the device is lost, with the same result", async () => {
    const whole = await wholeRun();
    const lost = await trainThroughLoss(false);
    expect(lost.store.records.map(({ step }) => step)).toEqual(
      whole.store.records.map(({ step }) => step),
    );
    // The same adapter computes the same.
    expect(lossesOf(lost)).toEqual(lossesOf(whole));
    expect(lost.summary).toMatchObject({
      status: "finished",
      steps,
      backend: "webgpu",
      device_losses: [
        {
          from: expect.toSatisfy((at: number) => at > 0 && at < steps),
          backend: "webgpu",
          reason: expect.stringMatching(/lost/),
        },
      ],
    });
  });

  it("continues on wasm if there is no device any more", async () => {
    const whole = await wholeRun();
    const lost = await trainThroughLoss(true);
    expect(lossesOf(lost).length).toBe(lossesOf(whole).length);
    for (const [i, loss] of lossesOf(lost).entries()) {
      expect(Math.abs(loss - (lossesOf(whole)[i] as number))).toBeLessThan(1e-4);
    }
    expect(lost.summary).toMatchObject({ backend: "wasm", device_losses: [{ backend: "wasm" }] });
  });

  it("fails, and trains nothing on, where nobody recovers it", async () => {
    loseAfter(await start(), 100);
    await expect(trainToEnd(shortRun)).rejects.toThrow(/graphics device/);
    await expect(trainToEnd(shortRun)).rejects.toThrow(/graphics device/);
  });

  it("takes an error of the device for the end of what it computes", async () => {
    const { device } = await start();
    device.createBuffer({ size: 2 ** 50, usage: GPUBufferUsage.STORAGE });
    await expect(trainToEnd(shortRun)).rejects.toThrow(/graphics device/);
    await start();
  });
});
