import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stopBackend, useBackend } from "@grok/backend";
import { resolveExperiment, train } from "@grok/train";
import { expect, it } from "vitest";
import { describe as describeExperiment } from "../worker/describe";
import { commandOf, programOf, sweepCommandOf } from "./program";

const experiment = resolveExperiment({
  preset: "mlp",
  flags: {
    op: "/",
    p: 7,
    width: 16,
    "embed-dim": 8,
    steps: 300,
    "eval-every": 100,
    lr: 0.01,
    "train-fraction": 0.8,
    seed: 4,
  },
});
const described = describeExperiment(experiment);
const source = {
  task: described.task,
  controls: described.controls as { preset: string; flags: Record<string, string> },
};

it("reads the data files that it learns from", () => {
  const controls = { preset: "mlp", flags: { data: `rows.csv:${"a".repeat(64)}`, seed: "1" } };
  const program = programOf({ task: "a column", controls });
  expect(program).toContain('"data": await addDataFile("rows.csv", await readFile("rows.csv")),');
  expect(program).toContain('import { readFile } from "node:fs/promises";');
  expect(commandOf({ controls })).toMatch(/--data rows.csv --seed 1$/);
});

it("is a program that runs in Node and gives that very experiment's curve", async () => {
  // Where the packages are found, as they would be in a project that has them.
  const folder = fileURLToPath(new URL(`../../test/.program-${process.pid}/`, import.meta.url));
  mkdirSync(folder);
  try {
    writeFileSync(`${folder}program.mjs`, programOf(source));
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [
        "--conditions=@grok/source",
        "--experimental-transform-types",
        "--no-warnings",
        `--import=${fileURLToPath(new URL("../../../../scripts/from-source.mjs", import.meta.url))}`,
        `${folder}program.mjs`,
      ],
      { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } },
    );
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const { threads } = await useBackend("wasm");
    const curve: string[] = [];
    for await (const event of train(experiment, { threads })) {
      if (event.type !== "evaluation") continue;
      const { step, train_acc, val_acc } = event.record;
      curve.push(`${step} ${train_acc.toFixed(3)} ${val_acc.toFixed(3)}`);
    }
    await stopBackend();
    expect(curve).toHaveLength(4);
    expect(stdout.match(/^\d+ \d\.\d{3} \d\.\d{3}$/gm)).toEqual(curve);
    expect(stdout).toMatch(/^t_mem at step [123]00$/m);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("is a command line that gives that very experiment", () => {
  const command = commandOf(source);
  expect(command).toMatch(/^npx -y pnpm@12 grok train --preset mlp /);
  const flags: Record<string, string> = {};
  for (const [, name = "", value] of command.matchAll(/--([\w-]+)(?: (?!--)'?([^ ']+)'?)?/g)) {
    if (name !== "preset")
      flags[name.replace(/^no-/, "")] = value ?? String(!name.startsWith("no-"));
  }
  expect(resolveExperiment({ preset: "mlp", flags })).toEqual(experiment);
});

it("is a command line of a sweep, whose flags replace those that vary", () => {
  const controls = { preset: "mlp", flags: { p: "59", "weight-decay": "1", seed: "3" } };
  expect(sweepCommandOf({ controls }, { seed: ["0", "1"], "weight-decay": ["0.1", "1"] })).toBe(
    "npx -y pnpm@12 grok sweep --preset mlp --p 59 --grid weight-decay=0.1,1 --seeds 0,1",
  );
});
