// Loaded before a process of a runner: its graphics device is destroyed in the middle of a run, once.
//
//   NODE_OPTIONS="--import PATH/lose-device.mjs" GROK_LOSE_AFTER=40 GROK_LOSE_FOR_GOOD=1 node …
//
// The device goes with its GROK_LOSE_AFTER-th submission; with GROK_LOSE_FOR_GOOD no adapter is found
// from then on.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { resolve } = createRequire(new URL("../../backend/package.json", import.meta.url));
const { globals } = await import(pathToFileURL(resolve("webgpu")));
const { GPU, GPUAdapter, GPUQueue } = globals;

let left = Number(process.env.GROK_LOSE_AFTER);
let device;

const { requestDevice } = GPUAdapter.prototype;
GPUAdapter.prototype.requestDevice = async function (...settings) {
  device = await requestDevice.apply(this, settings);
  return device;
};

const { submit } = GPUQueue.prototype;
GPUQueue.prototype.submit = function (...buffers) {
  if (--left === 0) device.destroy();
  return submit.apply(this, buffers);
};

const { requestAdapter } = GPU.prototype;
GPU.prototype.requestAdapter = function (...settings) {
  const isGone = left <= 0 && process.env.GROK_LOSE_FOR_GOOD === "1";
  return isGone ? Promise.resolve(null) : requestAdapter.apply(this, settings);
};
