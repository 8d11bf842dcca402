import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../packages.ts";

/** A row of the table of floors in docs/architecture.md. */
export interface FloorRow {
  floor: number;
  /** As the table has it: `@grok/data`, `apps/cli`. */
  name: string;
  /** The packages of ours that it may import, e.g. `@grok/ops`; null if all. */
  mayImport: readonly string[] | null;
}

/** The table of floors in docs/architecture.md. */
export function floors(): FloorRow[] {
  const text = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const rows = text.matchAll(/^\| (\d) \| `([^`]+)` \| [^|]* \| ([^|]+) \|$/gm);
  return Array.from(rows, ([, floor, name = "", allowed = ""]) => ({
    floor: Number(floor),
    name,
    mayImport: allowed.startsWith("all") ? null : allowed.split(", ").flatMap(ours),
  }));
}

/** Not ours are `–`, which is nothing, and `tfjs-core`. */
function ours(name: string): string[] {
  return name === "–" || name === "tfjs-core" ? [] : [`@grok/${name}`];
}
