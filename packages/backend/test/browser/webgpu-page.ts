import { DeviceError, startWebgpu, stopBackend } from "@grok/backend";
import {
  adamUpdate,
  attention,
  embedding,
  linear,
  rmsNorm,
  softmaxCrossEntropy,
  valueAndGradients,
} from "@grok/ops";
import {
  compareOperation,
  type OperationReport,
  operationSamplers,
  RandomSource,
  referenceResults,
  type SampleResult,
  updateSamplers,
  wrongIndices,
} from "@grok/ops/conformance";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";

/** What the page found, for the test to look at. */
export interface WebgpuReport {
  adapter?: string;
  /** Losses of a small network's steps, on cpu and on WebGPU. */
  cpu?: number[];
  webgpu?: number[];
  /** The same, after the device was destroyed between two steps and the weights of before were used. */
  again?: number[];
  /** What reading says once the device is gone. */
  lost?: string;
  isDeviceError?: boolean;
  /** Dispatches and submissions of a step. */
  perStep?: { dispatches: number; submits: number };
  error?: string;
}

declare global {
  interface Window {
    isReady: true;
    webgpuReport(): Promise<WebgpuReport>;
    /** Holds every operation against its reference form on cpu, with so many samples each. */
    operationReports(samples: number): Promise<Record<string, OperationReport>>;
    /** What operations say of indices that are out of range, by name. */
    wrongIndexMessages(): Promise<Record<string, string>>;
  }
}

const width = 8;
const tokens = 4;
const shapes = {
  table: [7, width],
  gain: [width],
  query: [width, width],
  key: [width, width],
  value: [width, width],
  out: [width, width],
  head: [width, 7],
};

/** Steps of a network with attention, from the same weights each time; its losses. */
async function train(steps: number, between: (step: number) => void = () => {}): Promise<number[]> {
  const random = new RandomSource(1);
  const slots = Object.entries(shapes).map(([name, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const values = random.normals(size).map((x) => 0.3 * x);
    return {
      name,
      parameter: tf.tensor(values, shape),
      m: tf.zeros(shape),
      v: tf.zeros(shape),
    };
  });
  const n = 6;
  const rows = n * tokens;
  const ids = tf.tensor1d(random.integers(rows, 7), "int32");
  const labels = tf.tensor1d(random.integers(rows, 7), "int32");
  const queries = tf.tensor2d(
    Array.from({ length: rows }, (_, i) => [i, Math.floor(i / tokens), (i % tokens) + 1]),
    [rows, 3],
    "int32",
  );
  const keys = tf.tensor2d(
    Int32Array.from({ length: rows }, (_, i) => i),
    [rows / tokens, tokens],
    "int32",
  );
  const losses: tf.Scalar[] = [];
  for (let step = 0; step < steps; step++) {
    const parameters = Object.fromEntries(slots.map(({ name, parameter }) => [name, parameter]));
    const { value, gradients } = valueAndGradients(parameters, () => {
      const p = parameters as Record<keyof typeof shapes, tf.Tensor>;
      const x = rmsNorm(embedding(p.table, ids), p.gain);
      const [q, k, v] = [linear(x, p.query), linear(x, p.key), linear(x, p.value)];
      const mixed = attention(q, k, v, queries, keys, { heads: 2, rotaryBase: 1e4 });
      const logits = linear(linear(mixed, p.out, undefined, { activation: "silu" }), p.head);
      return { loss: softmaxCrossEntropy(logits, labels).loss };
    });
    adamUpdate(
      slots.map(({ name, parameter, m, v }) => ({
        parameter,
        gradient: gradients[name] as tf.Tensor,
        m,
        v,
      })),
      {
        learningRate: 0.02,
        beta1: 0.9,
        beta2: 0.98,
        eps: 1e-8,
        weightDecay: 0.1,
        correction1: 1,
        correction2: 1,
      },
    ).forEach((updated, i) => Object.assign(slots[i] as object, updated));
    losses.push(value.loss);
    tf.dispose(gradients);
    // As a training loop gives way: what was recorded is submitted.
    await Promise.resolve();
    between(step);
  }
  const read: number[] = [];
  for (const loss of losses) read.push((await loss.data())[0] as number);
  return read;
}

window.webgpuReport = async () => {
  const report: WebgpuReport = {};
  try {
    await tf.setBackend("cpu");
    report.cpu = await train(8);
    const host = await startWebgpu({ allowSoftware: true });
    report.adapter = host.adapterName;
    report.webgpu = await train(8);
    const before = { ...host.counters };
    await train(10);
    const made = (key: "dispatches" | "submits") => (host.counters[key] - before[key]) / 10;
    report.perStep = { dispatches: made("dispatches"), submits: made("submits") };
    try {
      await train(8, (step) => {
        if (step === 4) host.device.destroy();
      });
    } catch (error) {
      report.lost = (error as Error).message;
      report.isDeviceError = error instanceof DeviceError;
    }
    await startWebgpu({ allowSoftware: true });
    report.again = await train(8);
    await stopBackend();
  } catch (error) {
    report.error = String((error as Error).stack ?? error);
  }
  return report;
};

window.operationReports = async (samples) => {
  const samplers = { ...operationSamplers, ...updateSamplers };
  const expected = await referenceResults(samplers, samples);
  await startWebgpu({ allowSoftware: true });
  const reports: Record<string, OperationReport> = {};
  for (const [name, sampler] of Object.entries(samplers)) {
    reports[name] = await compareOperation(sampler, expected.get(name) as SampleResult[]);
  }
  // As after a test: nothing of it is left for the next.
  await stopBackend();
  return reports;
};

window.wrongIndexMessages = async () => {
  await startWebgpu({ allowSoftware: true });
  const messages: Record<string, string> = {};
  for (const [name, call] of Object.entries(wrongIndices)) {
    try {
      tf.tidy(() => void call());
      messages[name] = "nothing was thrown";
    } catch (error) {
      messages[name] = (error as Error).message;
    }
  }
  // Indices that the device computes nobody can look at in time: they are kept within the table.
  // (What is small tfjs computes on this side.)
  const ids = tf.cast(tf.add(tf.zeros([5000]), tf.ones([5000])), "int32");
  const rows = embedding(tf.tensor2d([[3]]), ids);
  messages.computed = [...new Set(await rows.data())].join(" ");
  await stopBackend();
  return messages;
};

window.isReady = true;
