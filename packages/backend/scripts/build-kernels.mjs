// Compiles assembly/ into src/wasm/generated/, one TypeScript file per variant, holding the bytes as
// base64, so that they load in Node, in bundles and on a bare page alike. Run by `build`,
// `typecheck` and before tests; does nothing when nothing has changed.
//
//   node packages/backend/scripts/build-kernels.mjs [--force]
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "src/wasm/generated");

const variants = ["wide", "relaxed", "plain"].flatMap((simd) =>
  ["shared", "unshared"].map((memory) => ({ name: `${simd}-${memory}`, simd, memory })),
);

/**
 * Compiles the variants whose sources have changed.
 *
 * @param {{ force?: boolean, only?: readonly string[] }} options `only`: names of variants; default all
 */
export async function buildKernels({ force = false, only } = {}) {
  const sources = await readSources();
  const hash = createHash("sha256");
  for (const [path, text] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${text}\0`);
  }
  const digest = hash.digest("hex");
  const header = `// Made by scripts/build-kernels.mjs from assembly/: ${digest}\n`;
  const stale = [];
  for (const variant of variants) {
    if (only !== undefined && !only.includes(variant.name)) continue;
    const path = join(out, `${variant.name}.ts`);
    const present = await readFile(path, "utf8").catch(() => "");
    if (force || !present.startsWith(header)) stale.push({ ...variant, path });
  }
  if (stale.length === 0) return [];
  await mkdir(out, { recursive: true });
  const left = [...stale];
  const threads = Math.min(left.length, availableParallelism());
  await Promise.all(Array.from({ length: threads }, () => compileNext(left, sources, header)));
  return stale.map(({ name }) => name);
}

/** Every file that goes into the module: path from the package's root to text. */
async function readSources() {
  const sources = new Map();
  for (const entry of await readdir(join(root, "assembly"), {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
    const path = join(entry.parentPath, entry.name);
    sources.set(relative(root, path), await readFile(path, "utf8"));
  }
  // What both sides of the border read.
  for (const path of ["src/wasm/op.ts", "src/wasm/activation.ts"]) {
    sources.set(path, await readFile(join(root, path), "utf8"));
  }
  for (const url of [import.meta.url, new URL("compile-kernels.mjs", import.meta.url)]) {
    const own = fileURLToPath(url);
    sources.set(relative(root, own), await readFile(own, "utf8"));
  }
  return sources;
}

/** Compiles what is left, one variant after another, on a thread of its own: each takes seconds. */
async function compileNext(left, sources, header) {
  const worker = new Worker(new URL("compile-kernels.mjs", import.meta.url));
  try {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { name, simd, memory, path } = next;
      worker.postMessage({ name, sources, simd, shared: memory === "shared" });
      const [bytes] = await once(worker, "message");
      const base64 = Buffer.from(bytes).toString("base64");
      const text = `${header}/** The module's bytes in base64. */\nexport const bytes =\n  "${base64}";\n`;
      // A reader sees the old file or the new one, also when two processes build at once.
      const fresh = `${path}.${process.pid}`;
      await writeFile(fresh, text);
      await rename(fresh, path);
    }
  } finally {
    await worker.terminate();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await buildKernels({ force: process.argv.includes("--force") });
  if (built.length > 0) console.log(`kernels: ${built.join(", ")}`);
}
