import { scoreOf } from "@grok/metrics";
import { count, duration, epochs, loss, percent, rate } from "../quantity";
import { progressBar } from "../terminal/bar";
import { pack } from "../terminal/pack";
import type { Style } from "../terminal/style";
import { grokkedText, memorisedText, placeOf, type RunStatus } from "./run-status";

/** Draws accuracies over steps in this many columns and lines. */
export type DrawCurve = (columns: number, lines: number) => readonly string[];

const leastCurve = { columns: 24, lines: 7 };
const maxCurve = { columns: 100, lines: 14 };

/** The lines that show a running experiment, for a region of the terminal of this many columns and rows. */
export function frame(
  runStatus: RunStatus,
  { columns, rows }: { columns: number; rows: number },
  style: Style,
  curve?: DrawCurve,
): string[] {
  const head = [
    ...progressLines(runStatus, columns, style),
    "",
    ...tableLines(runStatus, columns, style),
  ];
  // Where there are few rows, the numbers go before the picture.
  const compact = rows < head.length ? head.filter((line) => line !== "") : head;
  const room = {
    columns: Math.min(columns, maxCurve.columns),
    lines: Math.min(rows - compact.length - 1, maxCurve.lines),
  };
  const fits = room.columns >= leastCurve.columns && room.lines >= leastCurve.lines;
  if (curve === undefined || runStatus.last === undefined || !fits) return compact;
  const picture = curve(room.columns, room.lines);
  return picture.length === 0 ? compact : [...compact, "", ...picture];
}

function progressLines(runStatus: RunStatus, columns: number, style: Style): string[] {
  const { step, steps, stepsPerEpoch, stepsPerSecond, note } = runStatus;
  const share = steps === 0 ? 1 : step / steps;
  const shown = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const bar = progressBar(share, Math.max(0, columns - shown.length - 1), style);
  const parts = [`step ${count(step)} of ${count(steps)}`];
  if (stepsPerEpoch !== null) parts.push(`epoch ${epochs(Math.floor(step / stepsPerEpoch))}`);
  if (Number.isFinite(stepsPerSecond)) parts.push(`${rate(stepsPerSecond)} steps/s`);
  if (note !== undefined) parts.push(note);
  else if (stepsPerSecond > 0) {
    const left = duration((steps - step) / stepsPerSecond);
    // A run that stops when it groks may well end long before its last step.
    parts.push(runStatus.stopsOnGrok ? `at most ${left} left` : `${left} left`);
  }
  return [`${bar} ${shown}`, ...pack(parts, columns)];
}

function tableLines(runStatus: RunStatus, columns: number, style: Style): string[] {
  const { last, tMem, tGrok, stepsPerEpoch, rules } = runStatus;
  const wide = columns >= 44;
  const indent = wide ? 12 : 6;
  const gap = wide ? 4 : 2;
  const row = (name: string, accuracy: string, nats: string) =>
    `${name.padEnd(indent)}${accuracy.padStart(8)}${" ".repeat(gap)}${nats.padStart(8)}`;
  const mem =
    tMem === null ? `t_mem  – ${memorisedText(rules)}` : `t_mem  ${placeOf(tMem, stepsPerEpoch)}`;
  const grok =
    tGrok === null ? `t_grok – ${grokkedText(rules)}` : `t_grok ${placeOf(tGrok, stepsPerEpoch)}`;
  const milestone = (text: string, step: number | null) =>
    step === null ? style("dim", text) : style(["bold", "green"], text);
  const lines = [
    style("dim", row("", last?.val_explained === undefined ? "accuracy" : "R²", "loss")),
    style(
      "yellow",
      row(
        wide ? "training" : "train",
        percent(last && scoreOf(last, "train")),
        loss(last?.train_loss),
      ),
    ),
    style(
      "cyan",
      row(wide ? "validation" : "val", percent(last && scoreOf(last, "val")), loss(last?.val_loss)),
    ),
  ];
  const width = indent + 8 + gap + 8;
  const beside = columns >= width + 4 + 32;
  if (!beside) return [...lines, milestone(mem, tMem), milestone(grok, tGrok)];
  return [
    lines[0] as string,
    `${lines[1]}    ${milestone(mem, tMem)}`,
    `${lines[2]}    ${milestone(grok, tGrok)}`,
  ];
}
