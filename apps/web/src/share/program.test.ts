import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { resolveExperiment } from "@grok/train";
import { expect, it } from "vitest";
import { describe as describeExperiment } from "../worker/describe";
import { commandOf, programOf } from "./program";

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

it("is a program that runs in Node and trains that very experiment", () => {
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
    expect(
      stdout.match(/^\d+ \d\.\d{3} \d\.\d{3}$/gm)?.map((line) => Number(line.split(" ")[0])),
    ).toEqual([1, 100, 200, 300]);
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
