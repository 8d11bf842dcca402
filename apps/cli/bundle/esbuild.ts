import { createRequire } from "node:module";

type Esbuild = typeof import("esbuild");

/**
 * What the bundle has for esbuild: the same version as WebAssembly, which runs wherever Node does and
 * gives the same bytes, in two seconds more. One of that version that is installed beside the command
 * is taken instead.
 */
async function load(): Promise<Esbuild> {
  const brought: Esbuild = createRequire(import.meta.url)("./packaged/esbuild-wasm/lib/main.js");
  const installed = await import("esbuild").catch(() => null);
  return installed?.version === brought.version ? installed : brought;
}

export const { build, transform, version } = await load();
