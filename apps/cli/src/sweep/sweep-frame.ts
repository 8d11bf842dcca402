import type { RunState } from "@grok/sweep";
import { count, duration, loss, percent } from "../quantity";
import { progressBar } from "../terminal/bar";
import { pack } from "../terminal/pack";
import type { Style } from "../terminal/style";
import { type Column, table } from "../terminal/table";
import { settingText } from "./settings-text";
import type { SweepStatus } from "./sweep-status";

/** The lines that show a sweep while it runs, for a region of this many columns and rows. */
export function sweepFrame(
  sweepStatus: SweepStatus,
  { columns, rows }: { columns: number; rows: number },
  style: Style,
): string[] {
  const head = progressLines(sweepStatus, columns, style);
  const room = rows - head.length - 2;
  if (room < 1) return head;
  const shown = newest([...sweepStatus.runs.values()], room);
  if (shown.length === 0) return head;
  return [...head, "", ...runLines(shown, sweepStatus.axes, style)];
}

function progressLines(sweepStatus: SweepStatus, columns: number, style: Style): string[] {
  const { share, ended, maxRuns, counts, secondsLeft, note, stopsOnGrok } = sweepStatus;
  const shown = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const bar = progressBar(share, Math.max(0, columns - shown.length - 1), style);
  const parts = [`${count(ended)} of ${count(maxRuns)} runs`];
  for (const state of [
    "running",
    "grokked",
    "ungrokked",
    "finished",
    "stopped",
    "interrupted",
  ] as const) {
    const number = counts[state];
    if (number !== undefined) parts.push(`${count(number)} ${state}`);
  }
  if (counts.failed !== undefined) parts.push(style("red", `${count(counts.failed)} failed`));
  if (note !== undefined) parts.push(note);
  else if (Number.isFinite(secondsLeft)) {
    parts.push(`${stopsOnGrok ? "at most " : ""}${duration(secondsLeft)} left`);
  }
  return [`${bar} ${shown}`, ...pack(parts, columns)];
}

/** Runs in progress, and, where there is room, those that ended last. */
function newest(runs: readonly RunState[], room: number): RunState[] {
  const running = runs.filter(({ state }) => state === "running").slice(0, room);
  const ended = runs.filter(({ state }) => state !== "running" && state !== "waiting");
  const more = room - running.length;
  return [...(more > 0 ? ended.slice(-more) : []), ...running];
}

/** A table of runs. */
export function runLines(
  runs: readonly RunState[],
  axes: readonly string[],
  style: Style,
): string[] {
  const right = { align: "right" as const };
  const areValues = runs.some(({ val_loss }) => val_loss !== undefined);
  const columns: Column[] = [
    ...axes.map((title) => ({ title, ...right })),
    { title: "state" },
    { title: "step", ...right },
    { title: areValues ? "val loss" : "val acc", ...right },
    { title: "t_grok", ...right },
    { title: "time", ...right },
  ];
  const rows = runs.map(({ settings, state, step, steps, val_acc, best_val_acc, ...run }) => [
    ...axes.map((axis) => settingText(settings[axis])),
    state,
    state === "running" ? `${count(step)} of ${count(steps)}` : count(step),
    areValues
      ? loss(state === "running" ? run.val_loss : run.best_val_loss)
      : percent(state === "running" ? val_acc : best_val_acc),
    run.t_grok === null ? "–" : count(run.t_grok),
    duration(run.elapsed_sec),
  ]);
  return table(columns, rows, style).trimEnd().split("\n");
}
