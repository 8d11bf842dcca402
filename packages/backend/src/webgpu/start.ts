import { describeBackend, registerFastKernel } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { version } from "../../package.json";
import { findAdapter, refusal } from "./adapter";
import { attach } from "./attach";
import { holdDevice, stopDevice } from "./device";
import type { GpuBackend } from "./gpu-backend";
import { WebgpuHost } from "./host";
import { kernels } from "./kernels";

/** Options of `startWebgpu`. */
export interface WebgpuOptions {
  /** Whether an adapter that computes on the processor will do; default: GROK_WEBGPU=software. */
  allowSoftware?: boolean;
}

/** Dispatches of stock operations between two submissions; tfjs's own number is 15. */
const STOCK_BATCH = 256;

/** The one host of this thread: tfjs has one backend called `webgpu`. */
let current: WebgpuHost | undefined;

/**
 * Starts our programs on tfjs's backend `webgpu`, and makes that the current one. Where it runs
 * already nothing changes; after a failure of the device there is a new one, and tensors of the old
 * one are lost.
 *
 * @throws RangeError if there is no adapter, or only one in software and that is not allowed
 */
export async function startWebgpu({ allowSoftware }: WebgpuOptions = {}): Promise<WebgpuHost> {
  if (current !== undefined && current.failure === undefined) {
    await tf.setBackend("webgpu");
    return current;
  }
  const found = await findAdapter();
  const missing = found.adapter === undefined ? found.missing : refusal(found, allowSoftware);
  if (missing !== undefined) throw new RangeError(`backend webgpu is not available: ${missing}`);
  const { adapter, name } = found as Extract<typeof found, { adapter: GPUAdapter }>;
  await stopDevice();
  const device = await requestDevice(adapter);
  // Only now: the import registers tfjs's own backend and kernels.
  const { WebGPUBackend } = await import("@tensorflow/tfjs-backend-webgpu");
  tf.env().set("WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE", STOCK_BATCH);
  const backend = new WebGPUBackend(
    device as never,
    adapter.info as never,
  ) as unknown as GpuBackend;
  const host = new WebgpuHost(backend, device, name);
  attach(backend, host);
  if ("webgpu" in tf.engine().registryFactory) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => backend, 3);
  current = host;
  holdDevice(host);
  for (const kernel of kernels(host)) registerFastKernel(kernel);
  await tf.setBackend("webgpu");
  describeBackend({
    versions: { "@grok/backend": version },
    device: name,
    threads: 1,
    integersOf: (tensor) => host.memory.numbersOf(tensor),
  });
  return host;
}

async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { limits } = adapter;
  const features: GPUFeatureName[] = ["timestamp-query"];
  return await adapter.requestDevice({
    requiredFeatures: features.filter((feature) => adapter.features.has(feature)),
    requiredLimits: {
      maxBufferSize: limits.maxBufferSize,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      // More than ten would make results depend on the machine's limit.
      maxStorageBuffersPerShaderStage: Math.min(10, limits.maxStorageBuffersPerShaderStage),
    },
  });
}
