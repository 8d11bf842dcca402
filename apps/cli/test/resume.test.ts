import { cp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readCheckpoint, readRun } from "@grok/train/node";
import { describe, expect, it } from "vitest";
import { TestOutput, TestProcessEnv } from "./process-env";
import { inFreshFolder, recordsOf, run, summaryOf, tiny } from "./tiny";

inFreshFolder();

const quiet = "--no-plots";

/** A stream at whose n-th evaluation a signal comes. */
class InterruptingOutput extends TestOutput {
  processEnv: TestProcessEnv | undefined;
  #left: number;

  constructor(evaluations: number) {
    super();
    this.#left = evaluations;
  }

  override write(text: string): void {
    super.write(text);
    if (text.startsWith("step") && --this.#left === 0) this.processEnv?.send("SIGINT");
  }
}

/** Trains until an evaluation at which Ctrl-C is pressed. */
async function interruptedAt(evaluations: number, args: readonly string[]) {
  const output = new InterruptingOutput(evaluations);
  const processEnv = new TestProcessEnv(output);
  output.processEnv = processEnv;
  return run(args, processEnv);
}

/** The newest checkpoint's tensors, and its records except the times. */
async function state(folder: string) {
  const { checkpoints } = await readRun(folder);
  const { parameters, optimizer } = await readCheckpoint(checkpoints.at(-1)?.path ?? "");
  const records = await recordsOf(folder);
  return {
    parameters,
    optimizer,
    records: records.map((record) => ({ ...record, elapsed_sec: 0 })),
  };
}

describe("Ctrl-C and grok resume", () => {
  it("stops with a checkpoint and status 130, and continues exactly", async () => {
    const whole = [...tiny, "--steps", "20", "--eval-every", "2", quiet];
    expect((await run([...whole, "--out-dir", "whole"])).status).toBe(0);
    const stopped = await interruptedAt(4, [...whole, "--out-dir", "parted"]);
    expect(stopped.status).toBe(130);
    expect(stopped.stdout).toMatch(/\nInterrupted after \d+ steps, /);
    expect(stopped.stdout).toContain("grok resume parted\n");
    const { steps, status } = await summaryOf("parted");
    expect(status).toBe("interrupted");
    expect(steps).toBeGreaterThanOrEqual(8);
    expect(steps).toBeLessThan(20);
    expect(await readdir("parted/checkpoints")).toEqual([
      `step-${String(steps).padStart(8, "0")}.safetensors`,
    ]);

    const resumed = await run(["resume", "parted", quiet]);
    expect(resumed).toMatchObject({ status: 0, stderr: "" });
    expect(resumed.stdout).toContain(`continues  from step ${steps} (epoch ${steps})`);
    expect(await state("parted")).toEqual(await state("whole"));
    const { elapsed_sec: _, steps_per_sec: __, ...summary } = await summaryOf("parted");
    expect(await summaryOf("whole")).toMatchObject(summary);
  });

  it("continues to more steps, or past the grokking it was to stop at, and to nothing else", async () => {
    await run([...tiny, "--steps", "4", "--out-dir", "run", quiet]);
    await run([...tiny, "--steps", "9", "--out-dir", "long", quiet]);
    const done = await run(["resume", "run"]);
    expect(done).toEqual({
      status: 0,
      stderr: "",
      stdout:
        "run has ended: it has made 4 steps, and its limit is 4; a higher --steps lets it continue.\n",
    });
    for (const [args, sentence] of [
      [["--steps", "3"], "run cannot continue: it has made 4 steps, and its limit is 3"],
      [["--steps", "x"], '--steps must be a whole number from 1 to 1000000000, not "x"'],
      [["--lr", "1"], "--lr cannot be changed when a run is resumed"],
      [["--seed", "1"], "--seed cannot be changed"],
    ] as const) {
      const { status, stderr } = await run(["resume", "run", ...args]);
      expect(stderr).toContain(sentence);
      expect(status).toBe(2);
    }
    expect((await run(["resume", "run", "--n-epochs", "9", quiet])).status).toBe(0);
    expect(await state("run")).toEqual(await state("long"));
    expect((await readRun("run")).config.training.steps).toBe(9);
  });

  it("says that a run has grokked where it was to stop", async () => {
    const args = ["train", "--p", "7", "--d-model", "8", "--backend", "cpu", "--lr", "0.01", quiet];
    await run([...args, "--steps", "400", "--grok-threshold", "0.01", "--out-dir", "run"]);
    const { t_grok } = await summaryOf("run");
    const { stdout, status } = await run(["resume", "run"]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      `run has ended: it grokked at step ${t_grok}, where it was to stop; --no-stop-on-grok lets it continue.\n`,
    );
    expect((await run(["resume", "run", "--steps", "500"])).status).toBe(2);
    const on = await run([
      "resume",
      "run",
      "--no-stop-on-grok",
      "--steps",
      `${(t_grok ?? 0) + 3}`,
      quiet,
    ]);
    expect(on.status).toBe(0);
    expect((await summaryOf("run")).steps).toBe((t_grok ?? 0) + 3);
  });
});

describe("the backend of a run", () => {
  it("may change only where that is allowed, and is remembered", async () => {
    await run([...tiny, "--steps", "4", "--out-dir", "run", quiet]);
    const config = await readFile("run/config.json", "utf8");
    await writeFile("run/config.json", config.replace('"backend": "cpu"', '"backend": "wasm"'));
    // The checkpoint itself says what computed it, whatever became of the config.
    const refused = await run(["resume", "run", "--steps", "6", "--backend", "wasm"]);
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      /^grok: run would continue with backend cpu → wasm, @grok\/backend [\d.]+ → [\d.]+\+kernels\.\d+, which .+; --allow-changes continues all the same, and its config\.json will say so\.\n$/,
    );
    await writeFile("run/config.json", config);
    const allow = ["--backend", "wasm", "--allow-changes", "--keep-checkpoints", "all", quiet];
    const allowed = await run(["resume", "run", "--steps", "6", ...allow]);
    expect(allowed.status).toBe(0);
    expect(allowed.stdout).toMatch(
      /^The run continues with backend cpu → wasm, @grok\/backend [\d.]+ → [\d.]+\+kernels\.\d+ from step 4\.$/m,
    );
    const after = (await readRun("run")).config;
    expect(after.history).toMatchObject([{ until: 4, backend: "cpu" }]);
    expect(after).toMatchObject({ backend: "wasm", training: { keepCheckpoints: "all" } });
    expect(await summaryOf("run")).toMatchObject({ steps: 6, backend: "wasm" });
  });
});

describe("damaged runs", () => {
  /** A run of 12 steps that was killed: two checkpoints, no summary. */
  async function killed(): Promise<void> {
    await run([...tiny, "--steps", "12", "--checkpoint-every", "5", "--out-dir", "run", quiet]);
    await rm("run/summary.json");
    await cp("run", "whole", { recursive: true });
  }

  it("says so where a folder is no run, and leaves it alone", async () => {
    await writeFile("file", "");
    for (const folder of [".", "nowhere", "file"]) {
      for (const command of ["resume", "plot"]) {
        const { status, stdout, stderr } = await run([command, folder]);
        expect(stderr).toBe(`grok: ${folder} is no run: it has no config.json.\n`);
        expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      }
    }
    expect(await readdir(".")).toEqual(["file"]);
  });

  it("falls back to the checkpoint before one that is cut short", async () => {
    await killed();
    const newest = "run/checkpoints/step-00000012.safetensors";
    await truncate(newest, Math.floor((await stat(newest)).size / 2));
    const { status, stdout } = await run(["resume", "run", quiet]);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /step-00000012\.safetensors is no whole checkpoint: .+ Continuing from step 10 instead\.\n/,
    );
    expect(await state("run")).toEqual(await state("whole"));
  });

  it("has one sentence where no checkpoint is whole, and changes nothing", async () => {
    await killed();
    for (const name of await readdir("run/checkpoints"))
      await truncate(join("run/checkpoints", name), 100);
    const { status, stdout, stderr } = await run(["resume", "run", quiet]);
    expect(stderr).toMatch(/^grok: No checkpoint of run can be used\. [^\n]+\n$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(await recordsOf("run")).toEqual(await recordsOf("whole"));
    expect((await readdir("run/checkpoints")).sort()).toEqual(
      (await readdir("whole/checkpoints")).sort(),
    );
  });

  it("leaves a torn line out, and computes it again", async () => {
    await killed();
    const text = await readFile("run/metrics.jsonl", "utf8");
    await writeFile("run/metrics.jsonl", text.slice(0, -20));
    const plotted = await run(["plot", "run"]);
    expect(plotted.stderr).toBe("The last line of run/metrics.jsonl is torn and was left out.\n");
    expect(plotted.status).toBe(0);
    const { status, stdout } = await run(["resume", "run", quiet]);
    expect(status).toBe(0);
    expect(stdout).toContain("The last line of run/metrics.jsonl is torn and was left out.\n");
    expect(await state("run")).toEqual(await state("whole"));
  });
});

describe("grok plot", () => {
  it("draws the figures again, by the logarithm of steps or evenly", async () => {
    await run([...tiny, "--steps", "30", "--out-dir", "run"]);
    const logarithmic = await readFile("run/plots/accuracy.svg", "utf8");
    const { status, stdout } = await run(["plot", "run", "--linear-x"]);
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: "run/plots: accuracy and loss, .png and .svg\n",
    });
    const even = await readFile("run/plots/accuracy.svg", "utf8");
    expect(logarithmic).toContain("log scale");
    expect(even).not.toContain("log scale");
    await rm("run/plots", { recursive: true });
    await run(["plot", "run"]);
    expect(await readFile("run/plots/accuracy.svg", "utf8")).toBe(logarithmic);
    expect((await readdir("run/plots")).sort()).toEqual([
      "accuracy.png",
      "accuracy.svg",
      "loss.png",
      "loss.svg",
    ]);
  });

  it("says so if there is nothing to draw yet", async () => {
    await run([...tiny, "--steps", "2", "--out-dir", "run", quiet]);
    await rm("run/metrics.jsonl");
    const { status, stderr } = await run(["plot", "run"]);
    expect(status).toBe(2);
    expect(stderr).toBe(
      "grok: run has no figures to draw: its metrics.jsonl has no evaluation yet.\n",
    );
  });
});
