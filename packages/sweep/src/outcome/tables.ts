import type { SweepState } from "../state/sweep-state";
import { markdownTable } from "./cells";
import { type FutureOutcome, futuresMarkdown } from "./futures-table";
import { pointAxes, sweepPoints } from "./points";
import {
  forgettingColumns,
  lossColumns,
  rareColumns,
  runColumns,
  transitionColumn,
} from "./runs-table";

/**
 * A sweep as Markdown: its points, with how many of their runs grokked and when, and every run.
 *
 * @param futures of a sweep over changes, what became of each; default none
 */
export function runsMarkdown(state: SweepState, futures: readonly FutureOutcome[] = []): string {
  const axes = pointAxes(state);
  const all = sweepPoints(state);
  const hasFailures = all.some(({ failed }) => failed > 0);
  const hasForgotten = all.some(({ forgotten }) => forgotten > 0);
  const hasAtOnce = all.some(({ atOnce }) => atOnce > 0);
  const points = all.map(
    ({ settings, runs, grokked, atOnce, forgotten, failed, median, interval }) => [
      ...axes.map((axis) => settings[axis]),
      `${grokked} of ${runs.length}`,
      ...(hasAtOnce ? [atOnce] : []),
      ...(hasForgotten ? [forgotten] : []),
      ...(hasFailures ? [failed] : []),
      median,
      median === null ? null : `${interval[0] ?? "?"} to ${interval[1] ?? "?"}`,
    ],
  );
  const shown = [
    ...runColumns,
    ...lossColumns(state),
    ...forgettingColumns(state),
    ...rareColumns.filter(({ of }) => state.runs.some((run) => of(run) !== undefined)),
    transitionColumn,
  ];
  const runs = state.runs.map((run) => [
    run.name,
    ...state.axes.map((axis) => run.settings[axis]),
    ...shown.map(({ of }) => of(run)),
  ]);
  return [
    `# ${state.title ?? "A sweep"}`,
    "",
    `Medians of t_grok are Kaplan–Meier estimates over the seeds with their 95% intervals; runs that had not grokked when they ended count as censored.${hasFailures ? " A run that failed counts as one that never grokked." : ""}${hasAtOnce ? " At once: of those that grokked, the runs with t_grok < 2 · t_mem, which learned without a delay." : ""}${hasForgotten ? " Forgot: of those that grokked, the runs that ended below the threshold again." : ""}`,
    "",
    markdownTable(
      [
        ...axes,
        "grokked",
        ...(hasAtOnce ? ["at once"] : []),
        ...(hasForgotten ? ["forgot"] : []),
        ...(hasFailures ? ["failed"] : []),
        "median t_grok",
        "interval",
      ],
      points,
    ),
    ...futuresMarkdown(futures),
    "",
    "## Runs",
    "",
    markdownTable(["run", ...state.axes, ...shown.map(({ title }) => title)], runs),
    "",
  ].join("\n");
}
