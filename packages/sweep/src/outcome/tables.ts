import { transitionOf } from "@grok/metrics";
import { csvOfRows } from "@grok/train/table";
import type { RunState, SweepState } from "../state/sweep-state";
import { type Cell, markdownTable } from "./cells";
import { type FutureOutcome, futuresMarkdown } from "./futures-table";
import { pointAxes, sweepPoints } from "./points";

const columns: readonly { title: string; of: (run: RunState) => Cell }[] = [
  { title: "state", of: ({ state }) => state },
  { title: "step", of: ({ step }) => step },
  { title: "steps", of: ({ steps }) => steps },
  { title: "t_mem", of: ({ t_mem }) => t_mem },
  { title: "t_grok", of: ({ t_grok }) => t_grok },
  { title: "best_val_acc", of: ({ best_val_acc }) => best_val_acc },
  { title: "elapsed_sec", of: ({ elapsed_sec }) => elapsed_sec },
];

/** Columns that only some sweeps have. */
const rare: typeof columns = [
  { title: "stopped_at", of: ({ stopped }) => stopped?.step },
  { title: "stopped_by", of: ({ stopped }) => stopped?.by },
  { title: "error", of: ({ error }) => error },
];

/** How the run came to generalise. It comes last, as scripts may know the others by their place. */
const transition: (typeof columns)[number] = {
  title: "transition",
  of: (run) => transitionOf(run),
};

/** Every run of a sweep as CSV (RFC 4180): its name, what varies, and how it stands. */
export function runsCsv(state: SweepState): string {
  const all = [...columns, ...rare, transition, ...lossesOf(state), ...forgettingOf(state)];
  const rows: Cell[][] = [
    ["run", ...state.axes, ...all.map(({ title }) => title)],
    ...state.runs.map((run) => [
      run.name,
      ...state.axes.map((axis) => run.settings[axis]),
      ...all.map(({ of }) => of(run)),
    ]),
  ];
  return csvOfRows(rows);
}

/** What stands for accuracies, which answers that are values do not have. */
function lossesOf({ runs }: SweepState): typeof columns {
  const areValues = runs.some(({ best_val_loss }) => best_val_loss !== undefined);
  return areValues ? [{ title: "best_val_loss", of: ({ best_val_loss }) => best_val_loss }] : [];
}

/** When runs forgot, if any did. */
function forgettingOf({ runs }: SweepState): typeof columns {
  const hasForgotten = runs.some(({ t_ungrok }) => t_ungrok !== undefined);
  return hasForgotten ? [{ title: "t_ungrok", of: ({ t_ungrok }) => t_ungrok }] : [];
}

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
    ...columns,
    ...lossesOf(state),
    ...forgettingOf(state),
    ...rare.filter(({ of }) => state.runs.some((run) => of(run) !== undefined)),
    transition,
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
