import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packages, root } from "../packages.ts";
import type { EntrySize } from "./bundle-size.ts";

/** The budgets in bytes by entry point, as the table in docs/packages.md states them. */
export function budgets(): Map<string, EntrySize> {
  const text = readFileSync(join(root, "docs/packages.md"), "utf8");
  const rows = text.matchAll(/^\| `(@grok\/[\w/-]+)` \| (\d+) \| (\d+) \|$/gm);
  return new Map(
    [...rows].map(([, entry = "", loaded, onDemand]) => [
      entry,
      { loaded: Number(loaded) * 1000, onDemand: Number(onDemand) * 1000 },
    ]),
  );
}

/** The built file of every entry point, by the name that it is imported by. */
export function entryPoints(): Map<string, string> {
  const entries = packages().flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports).map(
      ([path, { default: file = "" }]) =>
        [manifest.name + path.slice(1), join(folder, file)] as const,
    ),
  );
  return new Map(entries);
}
