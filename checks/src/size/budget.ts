import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../packages.ts";
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
