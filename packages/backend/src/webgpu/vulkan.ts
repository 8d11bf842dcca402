import { environmentVariable, nodeModule } from "../wasm/environment";

const loader = "libvulkan.so.1";

/**
 * Looks for Vulkan's loader before Dawn does, which takes longer and complains on stderr.
 *
 * @returns what is missing and how to get it, in a sentence; undefined if nothing is
 */
export async function hasVulkanLoader(): Promise<string | undefined> {
  if (process.platform !== "linux") return undefined;
  const { readFile, access } =
    await nodeModule<typeof import("node:fs/promises")>("node:fs/promises");
  const cache = await readFile("/etc/ld.so.cache", "latin1").catch(() => "");
  if (cache.includes(loader)) return undefined;
  for (const folder of (environmentVariable("LD_LIBRARY_PATH") ?? "").split(":")) {
    if (folder === "") continue;
    const isThere = await access(`${folder}/${loader}`).then(
      () => true,
      () => false,
    );
    if (isThere) return undefined;
  }
  return `Vulkan's loader, ${loader}, is not installed (Debian: apt-get install libvulkan1, and the GPU's driver).`;
}
