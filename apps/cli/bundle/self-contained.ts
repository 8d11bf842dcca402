import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import type { Plugin } from "esbuild";
import { FONT_FILES } from "../../../packages/plot/src/font/font";

const esbuildMain = "esbuild-wasm/lib/main.js";
/** Files of packages that are read when the command runs, and so lie beside the bundle. */
export const packagedFiles = [
  ...FONT_FILES,
  "@resvg/resvg-wasm/index_bg.wasm",
  ...["package.json", "bin/esbuild", "esbuild.wasm", "wasm_exec.js", "wasm_exec_node.js"].map(
    (name) => `esbuild-wasm/${name}`,
  ),
  esbuildMain,
];

/** Modules that look for packages when they run; here are others in their place, of the same names. */
const replaced = new Set(["esbuild", "packaged-file", "package-versions"]);

/**
 * What stays outside: packages that are used where people have installed them, and node-fetch, which
 * tfjs asks for where Node has no fetch of its own.
 */
const outside = /^(webgpu|msgpackr-extract|node-fetch)$/;

/**
 * Makes a bundle that needs no package: what its modules would look for in other packages is in the
 * folder `packaged` beside it.
 *
 * @param folder this file's
 */
export function selfContained(folder: string): Plugin {
  return {
    name: "self-contained",
    setup(build) {
      build.onResolve({ filter: outside }, ({ path }) => ({ path, external: true }));
      const missing = new Set(replaced);
      build.onResolve({ filter: /^esbuild$|\/(packaged-file|package-versions)$/ }, (args) => {
        const name = basename(args.path);
        const path = join(folder, `${name}.ts`);
        if (args.importer === path) return { path: args.path, external: true };
        missing.delete(name);
        return { path };
      });
      build.onEnd(() => {
        if (missing.size > 0) throw new Error(`No module imports ${[...missing].join(", ")}`);
        const { outdir = "dist" } = build.initialOptions;
        copyFiles(join(outdir, "packaged"), createRequire(join(folder, "self-contained.ts")));
      });
    },
  };
}

function copyFiles(to: string, { resolve }: NodeJS.Require): void {
  rmSync(to, { recursive: true, force: true });
  for (const file of packagedFiles) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(resolve(file), join(to, file));
  }
  // It starts what PATH has for `node`, which may be another one, or nothing.
  const text = readFileSync(join(to, esbuildMain), "utf8");
  const found = 'return ["node", [';
  if (!text.includes(found)) throw new Error(`${esbuildMain} starts Node in another way`);
  writeFileSync(join(to, esbuildMain), text.replace(found, "return [process.execPath, ["));
}
