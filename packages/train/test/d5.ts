import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadExtension } from "../src/extension/load";
import type { LoadedExtension } from "../src/kind/extension";
import { bundleExtension } from "../src/node/extension/bundle";
import { hostModules } from "../src/node/extension/host-modules";

/**
 * The example d5.ts as `--use` would load it, except the process that tries it first.
 *
 * @param folder where its copy is written
 */
export async function loadD5(folder: string): Promise<LoadedExtension> {
  const source = fileURLToPath(new URL("../../../examples/d5.ts", import.meta.url));
  const copy = join(folder, "d5.ts");
  await writeFile(copy, await readFile(source, "utf8"));
  const { code } = await bundleExtension(copy);
  return loadExtension(code, "d5.ts", await hostModules());
}
