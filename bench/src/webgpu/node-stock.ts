// TensorFlow.js as it comes, on tfjs-backend-webgpu in Node, on Dawn: node-stock.ts FOLDER
import { findAdapter } from "@grok/backend";
import * as tf from "@tensorflow/tfjs";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { readFixture } from "../fixture-files.ts";
import { StockTraining } from "../implementations/stock/training.ts";
import { serve } from "../serve.ts";
import { serveSteps } from "../stepped.ts";
import { adapterHere } from "./adapter.ts";
import { counted } from "./counted.ts";

/** Steps that are submitted before they are waited for, at most: as many as ours. */
const atOnce = 100;

await serve(async () => {
  const fixture = readFixture(process.argv[2] as string);
  const found = await adapterHere();
  const count = counted();
  await useStockBackend();
  const { checkSteps } = fixture;
  const training = new StockTraining(fixture, { Node: process.versions.node });
  const served = await serveSteps(training, fixture, { checkSteps, atOnce });
  return count({ ...served, ready: { ...served.ready, adapter: found } });
});

/** Makes tfjs's backend current, with the device that it asks for in a browser. */
async function useStockBackend(): Promise<void> {
  const { adapter } = await findAdapter();
  if (adapter === undefined) throw new Error("the adapter is gone");
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: adapter.features.has("timestamp-query") ? ["timestamp-query"] : [],
    requiredLimits: {
      maxBufferSize: limits.maxBufferSize,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    },
  });
  tf.registerBackend("webgpu", () => new WebGPUBackend(device as never, adapter.info as never), 3);
  await tf.setBackend("webgpu");
}
