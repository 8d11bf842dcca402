import { scoreOf } from "@grok/metrics";
import { curveBand } from "@grok/metrics/statistics";
import { csvOfRows } from "@grok/train/table";
import type { Setting } from "../state/setting";
import { type Cell, markdownTable } from "./cells";
import { changeAxis, type Futures } from "./future";

/** The middle and the ends of some values; null of none. */
export interface Range {
  readonly median: number | null;
  readonly least: number;
  readonly greatest: number;
}

/** What became of the runs of one future, over their seeds. */
export interface FutureOutcome {
  /** What the runs are set to, the change first. */
  readonly settings: Record<string, Setting>;
  readonly runs: number;
  readonly grokked: number;
  /** How many of those that grokked had forgotten when they ended. */
  readonly ungrokked: number;
  readonly failed: number;
  /** Seeds that never came to the change. */
  readonly missing: number;
  /** Of those that grokked; the median is Kaplan and Meier's, over all. */
  readonly tGrok: Range | null;
  /** Validation accuracy, or explained variance, at the last evaluation of each run. */
  readonly final: Range | null;
}

/** What became of each future of a sweep over changes. */
export function futureOutcomes(groups: readonly Futures[]): FutureOutcome[] {
  return groups.flatMap(({ settings, futures }) =>
    futures.map(({ point, change, runs, missing }) => {
      const times = point.runs.flatMap(({ t_grok }) => t_grok ?? []);
      const finals = runs.flatMap(({ records }) => {
        const last = records.at(-1);
        return last === undefined ? [] : [scoreOf(last, "val")];
      });
      return {
        settings: { [changeAxis]: change, ...settings },
        runs: point.runs.length,
        grokked: point.grokked,
        ungrokked: point.forgotten,
        failed: point.failed,
        missing,
        tGrok: rangeOf(times, point.median),
        final: rangeOf(finals.filter(Number.isFinite)),
      };
    }),
  );
}

function rangeOf(values: readonly number[], middle?: number | null): Range | null {
  if (values.length === 0) return null;
  const [all] = curveBand(values.map((value) => [{ step: 0, value }]));
  return {
    median: middle === undefined ? (all?.center ?? null) : middle,
    least: Math.min(...values),
    greatest: Math.max(...values),
  };
}

const titles = ["grokked", "ungrokked", "failed", "without the change"];

/** What became of futures as CSV. */
export function futuresCsv(outcomes: readonly FutureOutcome[]): string {
  const ranges = ["t_grok", "val_acc"].flatMap((name) =>
    ["median", "least", "greatest"].map((part) => `${name}_${part}`),
  );
  const ends = (range: Range | null) => [range?.median, range?.least, range?.greatest];
  return csvOfRows([
    [...axesOf(outcomes), "runs", ...titles.map((title) => title.replaceAll(" ", "_")), ...ranges],
    ...outcomes.map((each) => [
      ...Object.values(each.settings),
      each.runs,
      ...countsOf(each),
      ...ends(each.tGrok),
      ...ends(each.final),
    ]),
  ]);
}

/** What became of futures as lines of Markdown; none of none. */
export function futuresMarkdown(outcomes: readonly FutureOutcome[]): string[] {
  if (outcomes.length === 0) return [];
  const percent = (value: number) => (100 * value).toFixed(1);
  return [
    "",
    "## Futures",
    "",
    "What became of runs that are the same up to their change, over seeds. Ungrokked: of those that grokked, the runs that ended below the threshold again. Medians of t_grok are as above, with the least and the greatest of the runs that grokked; of the final validation accuracy, in percent, over all runs that were evaluated.",
    "",
    markdownTable(
      [...axesOf(outcomes), "N", ...titles, "t_grok", "range", "final val_acc", "range"],
      outcomes.map((each) => [
        ...Object.values(each.settings),
        each.runs,
        ...countsOf(each),
        ...rangeCells(each.tGrok, String),
        ...rangeCells(each.final, percent),
      ]),
    ),
  ];
}

function axesOf([first]: readonly FutureOutcome[]): string[] {
  return Object.keys(first?.settings ?? {});
}

function countsOf({ grokked, ungrokked, failed, missing }: FutureOutcome): number[] {
  return [grokked, ungrokked, failed, missing];
}

function rangeCells(range: Range | null, text: (value: number) => string): Cell[] {
  if (range === null) return [null, null];
  const { median, least, greatest } = range;
  return [median === null ? null : text(median), `${text(least)} to ${text(greatest)}`];
}
