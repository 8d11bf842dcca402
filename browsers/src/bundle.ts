import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * A page's script in one piece.
 *
 * @param file its entry
 * @param conditions of exports, such as `@grok/source` for the packages' sources; default none
 */
export async function bundle(file: URL, conditions: readonly string[] = []): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "esnext",
    conditions: [...conditions],
    // What tfjs's modules would need in Node only.
    external: ["node:*", "fs", "path", "worker_threads", "perf_hooks", "os", "crypto", "util"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
