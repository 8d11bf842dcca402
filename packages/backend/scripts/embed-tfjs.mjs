// Puts tfjs-backend-wasm's SIMD binaries into src/wasm/generated/, gzipped and in base64, so that every
// bundler, dev server and page finds them: those that rewrite `new URL("….wasm", import.meta.url)` differ
// in where they look for it. Does nothing if the files are there for this version.
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const out = fileURLToPath(new URL("../src/wasm/generated/", import.meta.url));
const { resolve } = createRequire(import.meta.url);

/** The files of tfjs's that are loaded, for a shared memory and for one of the module's own. */
const names = ["tfjs-backend-wasm-threaded-simd", "tfjs-backend-wasm-simd"];

/** Writes what is missing or of another version; gives the names of the files written. */
export async function embedTfjs() {
  const manifest = await readFile(resolve("@tensorflow/tfjs-backend-wasm/package.json"), "utf8");
  const { version } = JSON.parse(manifest);
  const header = `// ${version}: made by scripts/embed-tfjs.mjs of tfjs-backend-wasm (Apache-2.0).\n`;
  const written = [];
  for (const name of names) {
    const path = join(out, `${name}.ts`);
    const present = await readFile(path, "utf8").catch(() => "");
    if (present.startsWith(header)) continue;
    const binary = await readFile(resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${name}.wasm`));
    const base64 = gzipSync(binary, { level: 9 }).toString("base64");
    const text = `${header}/** The binary, gzipped, in base64. */\nexport const gzipped =\n  "${base64}";\n`;
    await mkdir(out, { recursive: true });
    // A reader sees the old file or the new one, also when two processes build at once.
    const fresh = `${path}.${process.pid}`;
    await writeFile(fresh, text);
    await rename(fresh, path);
    written.push(name);
  }
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const written = await embedTfjs();
  if (written.length > 0) console.log(`tfjs: ${written.join(", ")}`);
}
