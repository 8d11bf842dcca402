import { existsSync } from "node:fs";

const chromium = "/usr/lib/chromium";

/**
 * Shows Dawn the Vulkan loader and the software adapter that Debian's Chromium brings, in processes
 * that inherit this environment: a loader's path counts from a process's start only.
 */
export function showSoftwareAdapter() {
  if (!existsSync(`${chromium}/vk_swiftshader_icd.json`)) return;
  process.env.VK_ICD_FILENAMES ??= `${chromium}/vk_swiftshader_icd.json`;
  process.env.LD_LIBRARY_PATH ??= chromium;
}
