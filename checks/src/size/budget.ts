import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../packages.ts";
import type { EntrySize } from "./bundle-size.ts";

/** Functions that people import alone, and what a bundle of each may weigh in bytes, as docs/packages.md has it. */
export function aloneBudgets(): { name: string; packageName: string; bytes: number }[] {
  const text = readFileSync(join(root, "docs/packages.md"), "utf8");
  const rows = text.matchAll(/^\| `(\w+)` of `(@grok\/[\w/-]+)` \| (\d+) \|$/gm);
  return Array.from(rows, ([, name = "", packageName = "", kB]) => ({
    name,
    packageName,
    bytes: Number(kB) * 1000,
  }));
}

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
