import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Report } from "./report.ts";
import { fine } from "./verdict.ts";

/** What every bench's result holds. */
interface Concluded {
  workloads: readonly {
    id: string;
    implementations: readonly { title: string; verdict: string }[];
  }[];
}

/**
 * Writes a bench's result to `json`, if asked for, and says who computed something else.
 *
 * @returns the exit status: 1 where somebody did
 */
export function conclude(result: Concluded, json: string | undefined, report: Report): number {
  if (json !== undefined) {
    const file = resolve(json);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
    report.note(`wrote ${json}`);
  }
  const wrong = result.workloads.flatMap(({ id, implementations }) =>
    implementations
      .filter(({ verdict }) => verdict !== fine)
      .map(({ title, verdict }) => `${title} on ${id}: ${verdict}`),
  );
  for (const line of wrong) report.note(`wrong: ${line}`);
  return wrong.length === 0 ? 0 : 1;
}
