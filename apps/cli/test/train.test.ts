import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { TestProcessEnv } from "./process-env";
import { Screen } from "./screen";
import { inFreshFolder, recordsOf, run, summaryOf, tiny } from "./tiny";

inFreshFolder();

/** Every file under a folder, by its path from here. */
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => `${parentPath}/${name}`).sort();
}

describe("grok train", () => {
  it("writes a run, tells of it line by line, and says the outcome", async () => {
    const { status, stdout, stderr } = await run([...tiny, "--epochs", "6"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const folder = "runs/mlx-div-seed0";
    expect(await filesUnder(folder)).toEqual([
      `${folder}/checkpoints/step-00000006.safetensors`,
      `${folder}/config.json`,
      `${folder}/metrics.jsonl`,
      `${folder}/plots/accuracy.png`,
      `${folder}/plots/accuracy.svg`,
      `${folder}/plots/loss.png`,
      `${folder}/plots/loss.svg`,
      `${folder}/summary.json`,
    ]);
    expect(await summaryOf(folder)).toMatchObject({ status: "finished", steps: 6, backend: "cpu" });
    const lines = stdout.split("\n");
    expect(
      lines.filter((line) => /^step +\d+ {2}epoch +\d+ {2}train .+ val .+ s$/.test(line)),
    ).toHaveLength(6);
    expect(stdout).toContain("  task       a/b mod 7\n");
    expect(stdout).toContain(
      "\nFinished 6 steps, 6 epochs without grokking.\n  t_mem         not reached\n",
    );
    expect(stdout).toContain(`  run           ${folder}\n`);
    const svg = await readFile(`${folder}/plots/accuracy.svg`, "utf8");
    expect(svg).toContain("a/b mod 7");
  });

  it("never writes to a folder that it has written to before", async () => {
    const args = [...tiny, "--epochs", "1", "--no-plots"];
    for (let i = 0; i < 2; i++) expect((await run(args)).status).toBe(0);
    expect((await readdir("runs")).sort()).toEqual(["mlx-div-seed0", "mlx-div-seed0-2"]);
    expect(await recordsOf("runs/mlx-div-seed0")).toHaveLength(1);
  });

  it("prints records alone on stdout with --json, as metrics.jsonl has them", async () => {
    const { status, stdout, stderr } = await run([
      ...tiny,
      "--epochs",
      "3",
      "--json",
      "--no-plots",
    ]);
    expect(status).toBe(0);
    expect(stdout).toBe(await readFile("runs/mlx-div-seed0/metrics.jsonl", "utf8"));
    expect(stderr).toContain("Finished 3 steps");
    expect(stderr).not.toMatch(/^step/m);
  });

  it("tells of milestones in words, and stops where it groks", async () => {
    // With a threshold of guessing, the first evaluation has grokked.
    const args = ["train", "--p", "7", "--d-model", "8", "--backend", "cpu", "--epochs", "9"];
    const { status, stdout } = await run([
      ...args,
      "--grok-threshold",
      "1e-9",
      "--no-plots",
      "--eval-every",
      "2",
      "--lr",
      "0.01",
    ]);
    const { t_grok } = await summaryOf("runs/mlx-div-seed0");
    expect(status).toBe(0);
    expect(stdout).toContain(
      `t_grok: step ${t_grok} (epoch ${t_grok}), the first with validation accuracy from`,
    );
    expect(stdout).toContain(`\nGrokked at step ${t_grok} (epoch ${t_grok}).\n`);
  });

  it("adds the metrics asked for to each evaluation, says which it lacks and what they took", async () => {
    const args = ["--op", "x2+y2", "--epochs", "2", "--metrics", "progress,softmax", "--no-plots"];
    const { status, stdout, stderr } = await run([...tiny, ...args, "--out-dir", "x"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("There is no metric gini: x2+y2 is no addition in a cyclic group: ");
    expect(stdout).toMatch(/\n {2}metrics {7}\d[^\n]* s, [\d.]+ % of the time\n/);
    const records = await recordsOf("x");
    expect(records).toHaveLength(2);
    for (const record of records) {
      expect(record.softmax_collapse).toBe(0);
      expect(record).not.toHaveProperty("gini_embedding");
    }
    expect((await summaryOf("x")).metrics_sec).toBeGreaterThan(0);
    const config = JSON.parse(await readFile("x/config.json", "utf8")) as { metrics: string[] };
    expect(config.metrics).toEqual(["progress", "softmax"]);
    await run(["resume", "x", "--epochs", "3", "--no-plots"]);
    expect((await recordsOf("x"))[2]?.softmax_collapse).toBe(0);
    const refused = await run(["resume", "x", "--epochs", "4", "--metrics", "softmax"]);
    expect(refused.stderr).toMatch(/^grok: --metrics cannot be changed when a run is resumed;/);
  });

  it("computes the order parameters of ChanceSiyuan/grokking where its switch says so", async () => {
    const args =
      "train --preset order-parameters --p 7 --width 8 --steps 2 --backend cpu --no-plots";
    const { status } = await run([...args.split(" "), "--order-params", "--out-dir", "x"]);
    expect(status).toBe(0);
    expect((await recordsOf("x"))[0]).toHaveProperty("rqi_upstream");
  });

  it("saves the plot of both accuracies where it is told to", async () => {
    const args = [...tiny, "--epochs", "2", "--no-plots", "--out-dir", "run"];
    expect((await run([...args, "--save-plot", "grokking.png"])).status).toBe(0);
    const png = await readFile("grokking.png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(await readdir("run")).not.toContain("plots");
  });

  it("ends as failed where numbers leave the finite ones, with one sentence", async () => {
    const { status, stderr } = await run([...tiny, "--epochs", "9", "--lr", "1e30", "--no-plots"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^grok: The \w+ loss at step \d+ is NaN; the run cannot continue\.\n$/);
    expect(await summaryOf("runs/mlx-div-seed0")).toMatchObject({ status: "failed" });
  });

  it("draws on a terminal in place, and leaves the last frame and the cursor", async () => {
    const screen = new Screen(80, 24);
    const processEnv = new TestProcessEnv(screen);
    expect((await run([...tiny, "--epochs", "40", "--no-plots"], processEnv)).status).toBe(0);
    expect(screen.isCursorShown).toBe(true);
    expect(screen.text.match(/^━+ 100 %$/gm)).toHaveLength(1);
    expect(screen.text).toMatch(/step 40 of 40 · epoch 40 .*· finished\n/);
    expect(screen.text).toContain("⠒⠒⠒ validation\n\nFinished 40 steps, 40 epochs");
  });
});

describe("wrong use of grok train", () => {
  it.each([
    [["--op", "^"], 'x3+xy2+y, /-, +*, +-, not "^"'],
    [["--p", "96", "--op", "/"], "modulus p must be prime, not 96"],
    [
      ["--train-fraction", "1.5"],
      "--train-fraction must be a number greater than 0 and less than 1, not 1.5",
    ],
    [["--lr", "abc"], '--lr must be a number greater than 0, not "abc"'],
    [["--preset", "nope"], 'Unknown preset "nope"; there are mlx, '],
    [["--preset", "papr_default"], "did you mean paper_default"],
    [["--weigth-decay", "1"], "Unknown flag --weigth-decay; did you mean --weight-decay"],
    [["--lr"], "--lr needs a value"],
    [["--backend", "webgl"], "--backend must be one of auto, webgpu, wasm, cpu"],
    [["--out-dir", "taken"], "taken already holds a run; continue it with grok resume taken"],
    [["--out-dir", "full"], "full is not empty"],
    [["--out-dir", "file"], "file cannot be a folder"],
    [["--out-dir", "file/below"], "file/below cannot be a folder"],
    [["--out-dir", ""], "--out-dir needs a value"],
    [["--out-dir", "a", "--save-dir", "b"], "--save-dir and --out-dir are the same flag"],
    [["--save-plot", "plot.gif"], '--save-plot must name a .png or .svg file, not "plot.gif"'],
    [
      ["--save-plot", "nowhere/plot.png"],
      "--save-plot nowhere/plot.png is in a folder that does not exist",
    ],
    [["--save-plot", "full.png"], "--save-plot must name a file, and full.png is a folder"],
    [["--metrics", "progres"], 'not "progres"; did you mean progress?'],
    [["--metrics", "gini", "--op", "x2+y2"], "--metrics gini is not for this run"],
    [
      ["--preset", "addition-777", "--metrics", "progress"],
      "Task addition can have no metrics, as its examples never end",
    ],
    [["--steps", "5", "--epochs", "5"], "Give --epochs or --steps, not both"],
  ])("%j gets one sentence and writes nothing", async (args, sentence) => {
    await mkdir("taken");
    await writeFile("taken/config.json", "{}");
    await mkdir("full");
    await writeFile("full/thing", "");
    await mkdir("full.png");
    await writeFile("file", "");
    const before = await filesUnder(".");
    const { status, stdout, stderr } = await run(["train", ...args]);
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^grok: [^\n]*[.?]\n$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(await filesUnder(".")).toEqual(before);
    expect((await stat("file")).size).toBe(0);
  });

  it("shows where an error comes from with --debug alone", async () => {
    const { stderr } = await run(["train", "--lr", "abc", "--debug"]);
    expect(stderr).toMatch(/^grok: --lr must be [^\n]+\nExperimentError: [\s\S]+ at /);
  });
});
