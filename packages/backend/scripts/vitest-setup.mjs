// Before any test: builds the kernels where their sources have changed, and shows Dawn the Vulkan
// loader and the software adapter that Debian's Chromium brings, for the tests of WebGPU in Node.
import { existsSync } from "node:fs";
import { buildKernels } from "./build-kernels.mjs";

const chromium = "/usr/lib/chromium";

export default async function setup() {
  await buildKernels();
  // Inherited by the processes that run tests; a loader's path counts from a process's start only.
  if (existsSync(`${chromium}/vk_swiftshader_icd.json`)) {
    process.env.VK_ICD_FILENAMES ??= `${chromium}/vk_swiftshader_icd.json`;
    process.env.LD_LIBRARY_PATH ??= chromium;
  }
}
