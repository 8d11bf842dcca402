import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Whether tests in Chromium can run here; else they are skipped, and say so. */
export const hasChromium = existsSync(executablePath);

/** @param args arguments beside those that keep it to itself */
export function startChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    timeout: 120_000,
    args: [
      "--no-sandbox",
      ...args,
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
    ],
  });
}

/** A page's script in one piece, from the packages' sources. */
export async function bundle(file: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["@grok/source"],
    // What tfjs's modules would need in Node only.
    external: ["node:*", "fs", "path", "worker_threads", "perf_hooks", "os", "crypto", "util"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
