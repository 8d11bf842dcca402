// Judges on a sweep that is done whether its runs could have told in advance if and when they grok:
//
//   node --conditions=@grok/source --experimental-transform-types --no-warnings \
//     --import ./scripts/from-source.mjs packages/sweep/test/prediction/main.ts SWEEP_FOLDER \
//     > results/prediction.json
//
// Prints a table on the other stream.
import { warningSignNames } from "@grok/metrics/prediction";
import { readSweep, runFolder } from "@grok/sweep/node";
import { readRun } from "@grok/train/node";
import { judgeSweep, quietBelow, type SweptRun, type Verdict } from "./judge-sweep";

const [folder = ""] = process.argv.slice(2);
const state = await readSweep(folder);
if (state === null) throw new Error(`${folder} is no sweep.`);

const axes = state.axes.filter((axis) => axis !== "seed");
const done = state.runs.filter((run) => run.state === "finished" || run.state === "grokked");
const horizon = Math.max(...done.map(({ steps }) => steps));
const runs: SweptRun[] = [];
for (const { name, settings, t_grok } of done) {
  const { records } = await readRun(runFolder(folder, name));
  // A boundary that bends needs squares.
  const logs = axes.map((axis) => Math.log(Number(settings[axis])));
  runs.push({
    cell: axes.map((axis) => settings[axis]).join(" "),
    seed: String(settings.seed),
    settings: logs.flatMap((log) => [log, log ** 2]),
    records: records.map(({ weight_norm, ...record }) => ({
      ...record,
      weight_norm: weight_norm ?? Number.NaN,
    })),
    tGrok: t_grok,
  });
}

const moments = [0.05, 0.1, 0.25, 0.5].map((share) => share * horizon);
const verdicts = judgeSweep(runs, { moments, horizon });
console.error(
  "held out  runs    at  from       N groks  Brier (base)  gain [95%]              over settings           AUC   when (median of fit)  order",
);
for (const verdict of verdicts) console.error(line(verdict));

const round = (_: string, value: unknown) =>
  typeof value === "number" ? Math.round(value * 1e4) / 1e4 : value;
const facts = {
  title: state.title,
  command:
    "node --conditions=@grok/source --experimental-transform-types --no-warnings --import ./scripts/from-source.mjs packages/sweep/test/prediction/main.ts SWEEP_FOLDER",
  axes: state.axes,
  runs: runs.length,
  cells: new Set(runs.map(({ cell }) => cell)).size,
  grokked: runs.filter(({ tGrok }) => tGrok !== null).length,
  horizon,
  signs: warningSignNames,
  quietBelow,
};
console.log(JSON.stringify({ ...facts, verdicts }, round, 1));

function line(verdict: Verdict): string {
  const { heldOut, runsOf, at, from, brier, brierOfBaseRate, gain, gainOverSettings } = verdict;
  const text = (value: number) => value.toFixed(3).replace("0.", ".");
  const interval = ([mean, low, high]: readonly number[]) =>
    `${text(mean ?? Number.NaN)} [${text(low ?? Number.NaN)}, ${text(high ?? Number.NaN)}]`;
  const spread = ([low, middle, high]: readonly number[]) =>
    interval([middle ?? Number.NaN, low ?? Number.NaN, high ?? Number.NaN]);
  return [
    heldOut.padEnd(9),
    runsOf.padEnd(5),
    String(at).padStart(5),
    ` ${from.padEnd(8)}`,
    String(verdict.runs).padStart(4),
    String(verdict.grokked).padStart(5),
    ` ${text(brier)} (${text(brierOfBaseRate)})`.padEnd(14),
    interval(gain).padEnd(23),
    interval(gainOverSettings).padEnd(23),
    text(verdict.auroc).padEnd(5),
    `${spread(verdict.stepError)} (${spread(verdict.stepErrorOfMedian)})`,
    text(verdict.concordance),
  ].join(" ");
}
