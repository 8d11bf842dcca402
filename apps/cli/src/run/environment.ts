import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { arithmetic, type BackendChoice } from "@grok/backend";
import type { RunConfig } from "@grok/train";
import { version } from "../version";

/** What computes a run, as its config and its checkpoints name it. */
export type RunEnvironment = Required<Pick<RunConfig, "versions" | "arithmetic">> & {
  backend: BackendChoice["name"];
};

/** What computes besides @grok/train, which depends on all but the first. */
const packages = ["backend", "data", "metrics", "models", "ops", "optim"];

/** What computes on a backend that has been started. */
export async function environmentOn({ name, adapter }: BackendChoice): Promise<RunEnvironment> {
  const versions: Record<string, string> = { "@grok/cli": version };
  for (const each of packages) {
    const found = await versionOf(`@grok/${each}`);
    if (found !== null) versions[`@grok/${each}`] = found;
  }
  const rounding = await arithmetic();
  // Graphics devices differ in more than that.
  const how = adapter === undefined ? rounding : `${rounding}, ${adapter}`;
  return { backend: name, arithmetic: how, versions };
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
