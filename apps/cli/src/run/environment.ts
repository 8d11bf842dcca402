import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { BackendChoice } from "@grok/backend";
import type { RunConfig } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { version } from "../version";

/** What computes a run, as its config and its checkpoints name it. */
export type RunEnvironment = Required<Pick<RunConfig, "versions" | "arithmetic">> & {
  backend: BackendChoice["name"];
};

/** What computes besides @grok/train, which depends on all but the first. */
const packages = ["backend", "data", "metrics", "models", "ops", "optim"];

/** What computes on a backend that has been started. */
export async function environmentOn({ name }: BackendChoice): Promise<RunEnvironment> {
  const versions: Record<string, string> = { "@grok/cli": version };
  for (const each of packages) {
    const found = await versionOf(`@grok/${each}`);
    if (found !== null) versions[`@grok/${each}`] = found;
  }
  return { backend: name, arithmetic: await arithmetic(), versions };
}

/**
 * How products are added up: `fused`, with one rounding, or `rounded`, with two. It depends on the
 * build of the kernels and on the processor, and decides the last bits of everything.
 */
async function arithmetic(): Promise<string> {
  const a = 1 + 2 ** -12;
  // a² − (1 + 2⁻¹¹) is 2⁻²⁴, which a product that is rounded first does not have any more. Several
  // rows and columns, so that the kernels take the way that large matrices go.
  const [rows, columns] = [16, 32];
  const x = Array.from({ length: rows }, () => [-(1 + 2 ** -11), a]);
  const y = [Array(columns).fill(1), Array(columns).fill(a)];
  const product = tf.tidy(() => tf.matMul(tf.tensor2d(x), tf.tensor2d(y))); // [rows, columns]
  const values = await product.data();
  product.dispose();
  return values.some((value) => value !== 0) ? "fused" : "rounded";
}

/** A package's version as its manifest has it; null where it cannot be found. */
async function versionOf(name: string): Promise<string | null> {
  try {
    const from = name === "@grok/backend" ? import.meta.url : import.meta.resolve("@grok/train");
    let folder = new URL(".", pathToFileURL(createRequire(from).resolve(name)));
    for (;;) {
      const text = await readFile(new URL("package.json", folder), "utf8").catch(() => "{}");
      const manifest = JSON.parse(text) as { name?: string; version?: string };
      if (manifest.name === name) return manifest.version ?? null;
      const above = new URL("..", folder);
      if (above.href === folder.href) return null;
      folder = above;
    }
  } catch {
    return null;
  }
}
