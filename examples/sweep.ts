// A sweep from code: four runs in a process of their own, with their outcomes as a table.
import { planOf, runsMarkdown } from "@grok/sweep";
import { runSweep, writeOutcome } from "@grok/sweep/node";

const plan = planOf({
  title: "Weight decay and seeds",
  preset: "mlp",
  flags: { p: 23, steps: 600, lr: 3e-3, "train-fraction": 0.7 },
  grid: { "weight-decay": [0, 3] },
  seeds: "0..1",
});
const folder = "runs/sweeps/decay";
const state = await runSweep(plan, { folder, jobs: 1, threads: 1 });
console.log(runsMarkdown(state));
console.log(`Tables and figures: ${(await writeOutcome(folder, state)).join(", ")}`);
console.log(state.runs.length); // 4
