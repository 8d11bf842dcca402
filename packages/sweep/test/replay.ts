// Holds adaptive sweeps and early stopping against a sweep that is done:
//
//   node --conditions=@grok/source --experimental-transform-types --no-warnings \
//     --import ./scripts/from-source.mjs packages/sweep/test/replay.ts SWEEP_FOLDER > results/sweep-replay.json
import {
  type EarlyStop,
  FinishedSweep,
  halvingRule,
  medianRule,
  replayEarlyStop,
  runsForMost,
  runsToReach,
  type WholeRun,
} from "@grok/sweep";
import { readSweep, runFolder, writeOutcome } from "@grok/sweep/node";
import { readRun } from "@grok/train/node";

const [folder = ""] = process.argv.slice(2);
const state = await readSweep(folder);
if (state === null) throw new Error(`${folder} is no sweep.`);

const sweep = new FinishedSweep(state);
const [adaptive, grids] = [sweep.adaptive(), sweep.grids()];
const chance = Array.from({ length: 11 }, (_, seed) => sweep.random(seed + 1));
const boundary = [0.1, 0.05, 0.025].map((error) => {
  const enough = grids.filter((grid) => grid.error <= error).map(({ runs }) => runs);
  const orders = chance
    .map((found) => runsToReach(found, error) ?? Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  return {
    error,
    adaptive: runsToReach(adaptive, error),
    gridsNineInTen: runsForMost(grids, error),
    bestGridInHindsight: enough.length === 0 ? null : Math.min(...enough),
    ordersOfChanceMedian: orders[5],
  };
});

const runs: WholeRun[] = [];
for (const { name, steps, t_grok } of state.runs) {
  const { records } = await readRun(runFolder(folder, name));
  runs.push({ name, steps, t_grok, records });
}
const rules: [string, () => EarlyStop][] = [
  ["median, grace 0.25 (the default)", () => medianRule()],
  ["median, grace 0.5", () => medianRule({ grace: 0.5 })],
  ["median, grace 0.75", () => medianRule({ grace: 0.75 })],
  ["halving, reduction 3, rungs 3 (the default)", () => halvingRule()],
  ["halving, reduction 3, rungs 1", () => halvingRule({ rungs: 1 })],
  ["halving, reduction 2, rungs 1", () => halvingRule({ reduction: 2, rungs: 1 })],
];
const earlyStop = rules.flatMap(([rule, make]) =>
  [2, 16].map((jobs) => ({ rule, jobs, ...replayEarlyStop(make(), runs, jobs) })),
);

const { title, axes } = state;
const facts = { title, axes, runs: state.runs.length, points: sweep.truth.length };
// Tables and figures too, as grok sweep writes them.
await writeOutcome(folder, state);
console.log(JSON.stringify({ ...facts, boundary, adaptive, earlyStop }, null, 1));
