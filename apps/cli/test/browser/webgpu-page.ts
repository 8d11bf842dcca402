import { startWebgpu, stopBackend } from "@grok/backend";
import type { Summary } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import type { Fixture } from "../../../../packages/models/test/fixture";
import { compareWithOracle, type OracleDifferences } from "../../../../packages/models/test/oracle";
import { lossesOf, shortRun, trainThroughLoss, trainToEnd } from "../device-loss";

/** A run, for the test to look at. */
export interface RunReport {
  losses: number[];
  summary: Summary;
}

declare global {
  interface Window {
    isReady: true;
    /** Holds a fixture's network against PyTorch on WebGPU, and counts the tensors left behind. */
    oracleReport(name: string, steps: number): Promise<OracleDifferences & { leaks: number }>;
    /** Trains on WebGPU, and loses the device in mid-run, once or for good, where that is asked for. */
    runReport(loss?: "once" | "for good"): Promise<RunReport>;
    stop(): Promise<void>;
  }
}

const start = () => startWebgpu({ allowSoftware: true });

window.oracleReport = async (name, steps) => {
  const fixture = (await (await fetch(`/${name}.json`)).json()) as Fixture;
  await start();
  const before = tf.memory().numTensors;
  const { gradients, weights, ...others } = await compareWithOracle(fixture, { steps });
  const leaks = tf.memory().numTensors - before;
  return { ...others, gradients: { ...gradients }, weights: { ...weights }, leaks };
};

window.runReport = async (loss) => {
  await start();
  const done =
    loss === undefined ? await trainToEnd(shortRun) : await trainThroughLoss(loss === "for good");
  return { losses: lossesOf(done), summary: done.summary };
};

window.stop = stopBackend;

window.isReady = true;
