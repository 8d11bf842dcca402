import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepExtensions, loadExtensionFiles, readRun } from "@grok/train/node";
import { expect, it } from "vitest";
import { d5 } from "../../test/d5";
import { planOf } from "../plan/plan";
import { runSweep } from "./run-sweep";

it("does runs of an extension in other processes, from a copy by its digest", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-sweep-d5-"));
  try {
    const extensions = [await d5()];
    const flags = { backend: "cpu", steps: 4, width: 8 };
    const plan = planOf(
      { preset: "d5", flags, grid: { "train-fraction": [0.5, 0.7] } },
      { extensions },
    );
    const { runs } = await runSweep(plan, { folder, extensions, jobs: 1, threads: 1 });
    expect(runs.map(({ state, error }) => error ?? state)).toEqual(["finished", "finished"]);
    expect(runs.map(({ settings }) => settings)).toEqual([
      { "train-fraction": 0.5 },
      { "train-fraction": 0.7 },
    ]);
    const { config } = await readRun(join(folder, "runs", runs[0]?.name as string));
    expect(config.extensions).toMatchObject([{ name: "d5", file: "d5.ts" }]);
    const digest = config.extensions?.[0]?.sha256?.slice(0, 16);
    expect(await readdir(join(folder, "extensions"))).toEqual([`d5-${digest}.mjs`]);
    const other = planOf({ preset: "d5", flags }, { extensions: [await d5(" or not")] });
    expect(other.next([])[0]?.name).not.toBe(
      planOf({ preset: "d5", flags }, { extensions }).next([])[0]?.name,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("loads nothing that has changed since the sweep began", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-sweep-d5-"));
  try {
    const [file] = await keepExtensions(folder, [await d5()]);
    if (file === undefined) throw new Error("There is no file.");
    await writeFile(
      file.path,
      "// grok extension: format 1, host API 1\nglobalThis.trapped = 1;\n",
    );
    await expect(loadExtensionFiles([file])).rejects.toThrow(
      /d5-[0-9a-f]{16}\.mjs has changed since the sweep began: sha256 [0-9a-f]{64} then, [0-9a-f]{64} now\.$/,
    );
    expect("trapped" in globalThis).toBe(false);
    const inCode = { ...(await d5()), sha256: null, code: null };
    await expect(keepExtensions(folder, [inCode])).rejects.toThrow(
      "Extension d5 is a value in code, which other processes do not have; load it from its file by useExtensions of @grok/train/node.",
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("does runs of a value in code in this process, one at a time, and takes them up again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-sweep-value-"));
  try {
    const extensions = [(await d5()).extension];
    const flags = { backend: "cpu", steps: 6, width: 8, "checkpoint-every": 2 };
    const plan = planOf({ preset: "d5", flags, seeds: "0..2" }, { extensions });
    const controller = new AbortController();
    const options = { folder, extensions, threads: 1 };
    const stopped = await runSweep(plan, {
      ...options,
      signal: controller.signal,
      onChange: (_, event) => event?.type === "checkpoint" && controller.abort(),
    });
    expect(stopped.runs.map(({ state }) => state)).toEqual(["interrupted", "waiting", "waiting"]);
    const { runs } = await runSweep(plan, options);
    expect(runs.map(({ state, error }) => error ?? state)).toEqual(Array(3).fill("finished"));
    const { config } = await readRun(join(folder, "runs", runs[0]?.name as string));
    expect(config.extensions).toEqual([{ name: "d5", file: "d5", sha256: null }]);
    await expect(runSweep(plan, { ...options, jobs: 2 })).rejects.toThrow(
      "Extension d5 is a value in code, which other processes do not have, so jobs must be 1, not 2;",
    );
    await expect(runSweep(plan, { ...options, reuse: ["other"] })).rejects.toThrow(
      "Extension d5 is a value in code, which is known by its name alone,",
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
