import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useBackend } from "@grok/backend";
import { planOf } from "@grok/sweep";
import { runSweep, writeOutcome } from "@grok/sweep/node";
import { defineExtension, resolveExperiment, train } from "@grok/train";
import { createRun, readCheckpoint } from "@grok/train/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../packages.ts";
import { hasModule, runPython } from "./debian-python.ts";

const hasNumpy = hasModule("numpy");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-python-"));
  if (!hasNumpy) return;
  await useBackend("cpu");
  const flags = { p: 7, width: 8, "embed-dim": 4, backend: "cpu", "eval-every": 10 };
  const experiment = resolveExperiment({
    preset: "mlp",
    flags: { ...flags, steps: 40, metrics: "weight-norm" },
  });
  const store = await createRun(join(folder, "run"), experiment);
  for await (const _ of train(experiment, { store }));
  await store.close();
  // With a value in code the sweep is done in this process, which takes a tenth of the time.
  const extensions = [defineExtension({ name: "here" })];
  const spec = {
    preset: "mlp",
    flags: { ...flags, steps: 20 },
    grid: { "weight-decay": [0.1, 1] },
  };
  const state = await runSweep(planOf(spec), { folder: join(folder, "sweep"), extensions });
  await writeOutcome(join(folder, "sweep"), state, { plots: false });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a program prints as JSON. */
function told(program: string): unknown {
  const head = `import json, sys\nsys.path.insert(0, ${JSON.stringify(join(root, "python"))})\nimport grok_runs\nimport numpy as np\n`;
  const { status, stdout, stderr } = runPython(head + program, folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

const jsonOf = async (file: string) => JSON.parse(await readFile(join(folder, file), "utf8"));

describe.skipIf(!hasNumpy)("python/grok_runs.py [needs Debian's python3-numpy]", () => {
  it("reads a run's config, summary and evaluations", async () => {
    const found = told(`
run = grok_runs.Run("run")
print(json.dumps({
    "config": run.config, "summary": run.summary, "name": run.name,
    "records": run.records, "losses": run.columns["val_loss"].tolist(),
    "kinds": {name: str(column.dtype) for name, column in run.columns.items()},
}))`);
    const lines = (await readFile(join(folder, "run/metrics.jsonl"), "utf8")).trim().split("\n");
    const records = lines.map((line) => JSON.parse(line) as Record<string, number>);
    expect(found).toMatchObject({
      config: await jsonOf("run/config.json"),
      summary: await jsonOf("run/summary.json"),
      name: "run",
      records,
      losses: records.map(({ val_loss }) => val_loss),
      kinds: { step: "int64", val_loss: "float64" },
    });
  });

  it("reads checkpoints to the last bit, in PyTorch too, and refuses a damaged one", async () => {
    const checkpoint = (await readdir(join(folder, "run/checkpoints"))).at(-1) as string;
    const { parameters, optimizer, progress } = await readCheckpoint(
      join(folder, "run/checkpoints", checkpoint),
    );
    const bytes = Object.fromEntries(
      Array.from(parameters, ([name, { shape, data }]) => [
        name,
        [shape, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex")],
      ]),
    );
    expect(
      told(`
checkpoint = grok_runs.Run("run").checkpoint()
print(json.dumps({
    "step": checkpoint.step,
    "optimizer": sorted(checkpoint.optimizer),
    "parameters": {name: [list(x.shape), x.tobytes().hex()] for name, x in checkpoint.parameters.items()},
}))`),
    ).toEqual({
      step: progress.step,
      optimizer: [...optimizer.keys()].sort(),
      parameters: bytes,
    });
    expect(
      told(`
try:
    tensors = grok_runs.Run("run").checkpoint().torch()
    print(json.dumps(all(tensor.is_floating_point() for tensor in tensors.values())))
except ImportError as error:
    print(json.dumps(str(error)))`),
    ).toBe(hasModule("torch") ? true : "torch() needs torch: pip install torch");
    const damaged = await readFile(join(folder, "run/checkpoints", checkpoint));
    damaged.writeUInt8(damaged.readUInt8(damaged.length - 1) ^ 1, damaged.length - 1);
    await writeFile(join(folder, "damaged.safetensors"), damaged);
    await writeFile(join(folder, "short.safetensors"), damaged.subarray(0, damaged.length - 4));
    expect(
      told(`
said = []
for file in ("damaged", "short"):
    try:
        grok_runs.Checkpoint(f"{file}.safetensors")
    except grok_runs.FormatError as error:
        said.append(str(error))
print(json.dumps(said))`),
    ).toEqual([
      "damaged.safetensors does not have the digest that it names: it was damaged.",
      "short.safetensors is no whole safetensors file: a tensor lies outside of it.",
    ]);
  });

  it("reads a sweep with what its runs ended with, as runs.csv has it", async () => {
    const columns = told(`
sweep = grok_runs.Sweep("sweep")
columns = {
    name: column.tolist()
    for name, column in sweep.columns.items()
    if column.dtype == object or not np.isnan(column).any()
}
columns["opened"] = [[settings, run.name] for settings, run in sweep]
columns["t_grok"] = np.isnan(sweep.columns["t_grok"].astype(float)).tolist()
print(json.dumps(columns))`) as Record<string, unknown[]>;
    const [head = "", ...rows] = (await readFile(join(folder, "sweep/runs.csv"), "utf8"))
      .trimEnd()
      .split("\r\n");
    const csv = (name: string) =>
      rows.map((row) => row.split(",")[head.split(",").indexOf(name)] as string);
    expect(columns.run).toEqual(csv("run"));
    for (const name of ["weight-decay", "final_val_loss", "final_train_acc", "best_val_acc"]) {
      expect(columns[name], name).toEqual(csv(name).map(Number));
    }
    expect(columns.t_grok).toEqual([true, true]);
    expect(columns.opened).toEqual([
      [{ "weight-decay": 0.1 }, csv("run")[0]],
      [{ "weight-decay": 1 }, csv("run")[1]],
    ]);
  });

  it("leaves out a line that is being written, and says what is no run", async () => {
    await cp(join(folder, "run"), join(folder, "torn"), { recursive: true });
    await appendFile(join(folder, "torn/metrics.jsonl"), '{"step": 50, "epo');
    expect(told(`print(json.dumps(len(grok_runs.Run("torn").records)))`)).toBe(
      told(`print(json.dumps(len(grok_runs.Run("run").records)))`),
    );
    const { status, stderr } = runPython(
      `import sys\nsys.path.insert(0, ${JSON.stringify(join(root, "python"))})\nimport grok_runs\ngrok_runs._main(["nowhere"])`,
      folder,
    );
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "nowhere is no run: it has no config.json.\n",
    });
  });

  it("needs pandas for frames alone, and says so", () => {
    expect(
      told(`
try:
    print(json.dumps(list(grok_runs.Run("run").frame().columns)[:2]))
except ImportError as error:
    print(json.dumps(str(error)))`),
    ).toEqual(hasModule("pandas") ? ["step", "epoch"] : "frame() needs pandas: pip install pandas");
  });
});
