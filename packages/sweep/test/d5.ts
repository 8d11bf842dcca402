import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type LoadedExtension, loadExtension } from "@grok/train";
import { bundleExtension, hostModules } from "@grok/train/node";

/** The example d5.ts as `--use` would load it, with a comment that changes its digest. */
export async function d5(comment = ""): Promise<LoadedExtension> {
  const source = fileURLToPath(new URL("../../../examples/d5.ts", import.meta.url));
  const text = await readFile(source, "utf8");
  const file = join(await mkdtemp(join(tmpdir(), "grok-d5-")), "d5.ts");
  await writeFile(file, text.replace("regular pentagon.", `regular pentagon${comment}.`));
  const { code } = await bundleExtension(file);
  return loadExtension(code, "d5.ts", await hostModules());
}
