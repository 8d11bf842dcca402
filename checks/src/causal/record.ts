// Writes the outcome of a sweep over changes to results/NAME.json, and its figure to docs/images.
//
//   node checks/src/causal/record.ts NAME SWEEP_DIR
import { copyFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { readSweep, runFolder } from "@grok/sweep/node";
import { readRun } from "@grok/train/node";
import { root } from "../packages.ts";
import { experiments } from "./experiments.ts";

const [name = "", folder = ""] = process.argv.slice(2);
const experiment = experiments.find((each) => each.name === name);
const state = await readSweep(folder);
if (experiment === undefined || state === null) {
  throw new Error(
    `Give a NAME (${experiments.map((each) => each.name).join(", ")}) and its sweep.`,
  );
}
const processors = cpus();
const result = {
  what: experiment.what,
  source: experiment.source,
  command: experiment.command,
  expected: experiment.expected,
  date: new Date().toISOString().slice(0, 10),
  machine: `${processors[0]?.model ?? "unknown"}, ${processors.length} threads`,
  runs: await Promise.all(
    state.runs.map(
      async ({ name: run, settings, state: ended, steps, t_mem, t_grok, t_ungrok }) => ({
        change: settings.change ?? null,
        seed: settings.seed,
        status: ended,
        steps,
        t_mem,
        t_grok,
        t_ungrok: t_ungrok ?? null,
        final_val_acc: (await readRun(runFolder(folder, run))).records.at(-1)?.val_acc ?? null,
      }),
    ),
  ),
};
await writeFile(join(root, `results/${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
await copyFile(join(folder, "plots/futures.png"), join(root, `docs/images/${name}.png`));
