import { type SweepState, tally } from "@grok/sweep";
import { count, countOf } from "../quantity";
import { keyValueTable } from "../terminal/key-value-table";
import type { Page } from "../terminal/page";
import { settingsText } from "./settings-text";

/** Failed runs that are named; the rest are in sweep.json. */
const maxNamed = 10;

/** A sweep that has ended. */
export interface EndedSweep {
  state: SweepState;
  folder: string;
  /** What was made of it, within its folder. */
  files: readonly string[];
  /** How many runs of other sweeps the folder holds, too. */
  strangers: number;
}

/** What is said when a sweep has ended. */
export function sweepReport(
  { state: { runs, missing = [] }, folder, files, strangers }: EndedSweep,
  page: Page,
): string {
  const counts = tally(runs);
  const parts = Object.entries(counts).map(([state, number]) => `${count(number)} ${state}`);
  const rows: [string, string][] = [["runs", parts.join(", ")]];
  const failed = runs.filter(({ state }) => state === "failed");
  for (const run of failed.slice(0, maxNamed)) {
    rows.push(["failed", `${settingsText(run)}: ${run.error ?? "it does not say why"}`]);
  }
  if (failed.length > maxNamed) rows.push(["", `and ${count(failed.length - maxNamed)} more`]);
  for (const { settings, reason } of missing.slice(0, maxNamed)) {
    rows.push(["missing", `${settingsText({ settings, name: "" })}: ${reason}`]);
  }
  if (missing.length > maxNamed) rows.push(["", `and ${count(missing.length - maxNamed)} more`]);
  if (counts.stopped !== undefined) {
    rows.push(["stopped", "early, and might have grokked; without --early-stop they continue"]);
  }
  const arithmetics = countBy(runs.flatMap(({ arithmetic }) => arithmetic ?? []));
  if (arithmetics.size > 1) {
    const each = [...arithmetics].map(([name, number]) => `${count(number)} on ${name}`);
    rows.push(["computed", `${each.join(", ")}: their last digits do not compare`]);
  }
  rows.push(["sweep", folder]);
  if (strangers > 0) {
    const what = `${countOf(strangers, "run")} of an earlier sweep`;
    rows.push(["", `its folder runs keeps ${what}, in no table or figure any more`]);
  }
  const tables = files.filter((file) => !file.startsWith("plots/"));
  const figures = files.filter((file) => file.endsWith(".png"));
  rows.push(["tables", ["sweep.json", ...tables].join(", ")]);
  if (figures.length > 0) rows.push(["plots", figures.join(", ")]);
  const left = (counts.waiting ?? 0) + (counts.interrupted ?? 0);
  const headline =
    left === 0
      ? `The sweep has ended: ${countOf(runs.length, "run")}.`
      : `Interrupted with ${countOf(left, "run")} left; the same command continues.`;
  return `\n${page.style("bold", headline)}\n${keyValueTable(rows, page)}`;
}

/** How often each text is there. */
function countBy(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
