import { DeviceError, startWebgpu, stopBackend, useBackend, type WebgpuHost } from "@grok/backend";
import { type Experiment, type Recovery, type Summary, train } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, it } from "vitest";
import { oracleSuite } from "../../../packages/models/test/oracle-suite";
import { MemoryStore, tiny, tinyExperiments } from "../../../packages/train/test/tiny";

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

  /** A run's records and summary. */
  async function run(experiment: Experiment, options: Parameters<typeof train>[1] = {}) {
    const store = new MemoryStore();
    let summary: Summary | undefined;
    for await (const event of train(experiment, { store, ...options })) {
      if (event.type === "end") {
        ({ summary } = event);
        if (event.cause !== undefined) throw event.cause;
      }
    }
    return { store, summary: summary as Summary };
  }

  const losses = ({ store }: { store: MemoryStore }) =>
    store.records.flatMap(({ train_loss, val_loss }) => [train_loss, val_loss]);

  it.each(Object.keys(tinyExperiments))("trains as on cpu: %s", async (name) => {
    const experiment = tinyExperiments[name] as Experiment;
    await useBackend("cpu");
    const expected = losses(await run(experiment));
    await start();
    const before = tf.memory().numTensors;
    const actual = losses(await run(experiment));
    expect(tf.memory().numTensors).toBe(before);
    expect(actual.length).toBe(expected.length);
    // Adam's first steps enlarge the rounding of float32.
    for (const [i, loss] of actual.entries()) {
      expect(Math.abs(loss - (expected[i] as number))).toBeLessThan(1e-3);
    }
  });

  const steps = 30;
  const short = tiny("mlp", {
    p: 7,
    width: 8,
    "embed-dim": 4,
    "batch-size": 9,
    steps,
    "eval-every": 10,
    "stop-on-grok": false,
  });

  it("asks the device for little in each step, and keeps nothing", async () => {
    const host = await start();
    const { backend, counters } = host;
    const seen: (typeof counters & { bytes: number; tensors: number })[] = [];
    const measure = () => {
      const bytes = backend.bufferManager.numBytesAllocated + host.ownBytes;
      seen.push({ ...counters, bytes, tensors: tf.memory().numTensors });
      return {};
    };
    const every = 80;
    const training = { ...short.training, steps: 4 * every, evalEvery: every, evalAtStart: false };
    await run({ ...short, training }, { measure });
    expect(seen.length).toBe(4);
    const [before, after] = seen.slice(-2) as [(typeof seen)[0], (typeof seen)[0]];
    // Besides the steps, an evaluation and the reading of the losses.
    expect((after.dispatches - before.dispatches) / every).toBeLessThan(20);
    expect((after.submits - before.submits) / every).toBeLessThan(1.2);
    expect(after.reads - before.reads).toBeLessThan(10);
    expect(after.pipelines).toBe(before.pipelines);
    expect(after.bytes).toBe(before.bytes);
    expect(after.tensors).toBe(before.tensors);
  });

  let whole: ReturnType<typeof run> | undefined;

  /** The run as it is without a loss; made once. */
  async function wholeRun() {
    await start();
    whole ??= run(short);
    return whole;
  }

  /** Loses the device in the midst of a step, once `calls` calculations have been asked for. */
  function loseAfter(lost: WebgpuHost, calls: number): void {
    const record = lost.record.bind(lost);
    let left = calls;
    lost.record = (node) => {
      if (--left === 0) lost.device.destroy();
      record(node);
    };
  }

  it("goes on from the last evaluation when the device is lost, with the same result", async () => {
    const whole = await wholeRun();
    const recover = async (error: unknown): Promise<Recovery | null> => {
      expect(error).toBeInstanceOf(DeviceError);
      await start();
      return {};
    };
    loseAfter(await start(), 500);
    const lost = await run(short, { recover });
    expect(lost.store.records.map(({ step }) => step)).toEqual(
      whole.store.records.map(({ step }) => step),
    );
    // The same adapter computes the same.
    expect(losses(lost)).toEqual(losses(whole));
    expect(lost.summary).toMatchObject({
      status: "finished",
      steps,
      device_losses: [
        {
          from: expect.toSatisfy((at: number) => at > 0 && at < steps),
          backend: "webgpu",
          reason: expect.stringMatching(/lost/),
        },
      ],
    });
  });

  it("goes on on another backend where there is no device any more", async () => {
    const whole = await wholeRun();
    const recover = async (): Promise<Recovery> => {
      await useBackend("cpu");
      return { environment: { backend: "cpu" } };
    };
    loseAfter(await start(), 500);
    const lost = await run(short, { recover });
    for (const [i, loss] of losses(lost).entries()) {
      expect(Math.abs(loss - (losses(whole)[i] as number))).toBeLessThan(1e-4);
    }
    expect(lost.summary.device_losses).toMatchObject([{ backend: "cpu" }]);
  });

  it("fails, and trains nothing on, where nobody recovers it", async () => {
    loseAfter(await start(), 100);
    await expect(run(short)).rejects.toThrow(/graphics device/);
    await expect(run(short)).rejects.toThrow(/graphics device/);
  });

  it("takes an error of the device for the end of what it computes", async () => {
    const { device } = await start();
    device.createBuffer({ size: 2 ** 50, usage: GPUBufferUsage.STORAGE });
    await expect(run(short)).rejects.toThrow(/graphics device/);
    await start();
  });
});
