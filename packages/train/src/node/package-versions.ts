import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** What computes besides this package, which depends on all of them; a backend names itself. */
const packages = ["data", "metrics", "models", "ops", "optim"];

/** The versions of the packages that compute, by name; those that cannot be found are left out. */
export async function packageVersions(): Promise<Record<string, string>> {
  const found = await Promise.all(
    packages.map(async (each) => [`@grok/${each}`, await versionOf(`@grok/${each}`)] as const),
  );
  return Object.fromEntries(found.flatMap(([name, version]) => (version ? [[name, version]] : [])));
}

/** A package's version as its manifest has it; null if it cannot be found. */
async function versionOf(name: string): Promise<string | null> {
  try {
    let folder = new URL(".", pathToFileURL(createRequire(import.meta.url).resolve(name)));
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
