import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { inFreshFolder, run } from "./tiny";

inFreshFolder();

/** A run of 7 checkpoints of a transformer on addition mod 7. */
const nanda =
  "train --preset nanda --p 7 --d-model 8 --n-heads 2 --steps 7 --eval-every 1 --checkpoint-every 1 --keep-checkpoints all --backend cpu --out-dir x --no-plots".split(
    " ",
  );

async function analysed(): Promise<Record<string, unknown>[]> {
  const text = await readFile("x/analysis.jsonl", "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** What a transformer cannot have. */
const noMeasure =
  "There is no measure ipr: it needs an MLP with one hidden layer that sees the two operands as one-hot vectors.\n";
const noAblation =
  "There is no figure ablation: no checkpoint was analyzed without its parts, as --metrics ablation does.\n";
const noNeurons = `${noMeasure}${noAblation}There is no figure neuron-phases: the network is no MLP with one hidden layer that adds one-hot operands.\n`;

describe("grok analyze", () => {
  beforeEach(async () => {
    expect((await run(nanda)).status).toBe(0);
  });

  it("writes a record per checkpoint and every figure, and then computes nothing again", async () => {
    const { status, stdout, stderr } = await run(["analyze", "x", "--metrics", "default"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: noNeurons });
    expect(stdout).toMatch(/^x\/analysis\.jsonl: 7 checkpoints, fourier-losses, gini, .*; \d/);
    const figures = [
      "answer-map",
      "attention",
      "embedding-circle",
      "fourier-spectrum",
      "logit-periodicity",
      "order-parameters",
      "phase-transition",
      "progress-measures",
      "singular-values",
      "sparsity",
      "weights",
    ];
    expect((await readdir("x/plots")).sort()).toEqual(
      figures.flatMap((name) => [`${name}.png`, `${name}.svg`]),
    );
    const records = await analysed();
    expect(records.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    for (const column of ["restricted_loss", "circularity", "participation_ratio"]) {
      for (const record of records) expect(record[column]).toSatisfy(Number.isFinite);
    }
    const again = await run(["analyze", "x", "--metrics", "default", "--no-plots"]);
    expect(again.stderr).toBe(`7 checkpoints had been analyzed before.\n${noMeasure}`);
    expect(await analysed()).toEqual(records);
  });

  it("takes heads and frequencies out if nobody says what to compute, and draws that", async () => {
    const { status, stdout } = await run(["analyze", "x"]);
    expect(status).toBe(0);
    expect(stdout).toContain("ablation, ");
    for (const record of await analysed()) {
      const parts = record.ablation_parts as string[];
      expect(parts.slice(0, 4)).toEqual(["whole", "head:0.0", "head:0.1", "all heads"]);
      for (const column of ["ablation_accuracy", "ablation_val_acc", "ablation_loss"]) {
        expect((record[column] as number[]).length).toBe(parts.length);
      }
    }
    expect(await readdir("x/plots")).toContain("ablation.png");
    const again = await run(["analyze", "x", "--metrics", "ablation", "--no-plots"]);
    expect(again.stderr).toContain("7 checkpoints had been analyzed before.");
  });

  it("looks at some checkpoints only, and prints records as JSON", async () => {
    const { status, stdout } = await run([
      "analyze",
      "x",
      "--metrics",
      "gini",
      "--checkpoints",
      "3",
      "--json",
    ]);
    expect(status).toBe(0);
    const records = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.map(({ step }) => step)).toEqual([1, 4, 7]);
    expect(records).toEqual(await analysed());
  });

  it("says what few checkpoints are too few for, and how to keep more", async () => {
    for (const step of [1, 2, 3, 4, 5, 6]) {
      await rm(`x/checkpoints/step-0000000${step}.safetensors`);
    }
    const { status, stderr } = await run(["analyze", "x", "--metrics", "gini"]);
    expect(status).toBe(0);
    expect(stderr).toContain("There is no figure singular-values: it needs 3 checkpoints or more.");
    expect(stderr).toContain(
      "1 checkpoint is too few for curves over time; a run keeps more of them with grok train … --checkpoint-every 1 --keep-checkpoints all.",
    );
    expect(await readdir("x/plots")).toContain("answer-map.png");
  });

  it("says what is wrong in a sentence, and leaves what is there", async () => {
    await writeFile("x/analysis.jsonl", "what was there\n");
    for (const [args, sentence] of [
      [["analyze", "nowhere"], /^grok: nowhere is no run: it has no config.json\.\n$/],
      [["analyze", "x", "--checkpoints", "0"], /--checkpoints must be all, last or how many/],
      [["analyze", "x", "--metrics", "gin"], /must name some of .*, not "gin"; did you mean gini/],
      [["analyze", "x", "--metrics", "gini,"], /--metrics must name measures, separated by commas/],
      [["analyze", "x", "--threads", "0"], /--threads must be a whole number from 1 to 256/],
      [["analyze"], /^grok: grok analyze needs RUN_DIR, the folder of a run\.\n$/],
    ] as const) {
      const { status, stderr } = await run(args);
      expect(status, args.join(" ")).toBe(2);
      expect(stderr).toMatch(sentence);
    }
    expect(await readFile("x/analysis.jsonl", "utf8")).toBe("what was there\n");
  });

  it.each(["--columns=val_acc", "--with=y"])("has no %s, which is plot's", async (flag) => {
    const { status, stderr } = await run(["analyze", "x", flag]);
    expect(status).toBe(2);
    expect(stderr).toContain(`Unknown flag ${flag.split("=")[0]}`);
  });

  it("needs a checkpoint", async () => {
    await rm("x/checkpoints", { recursive: true });
    const { status, stderr } = await run(["analyze", "x"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^grok: x has no checkpoint to analyze yet; a run keeps more of them/);
  });
});

it("skips with its reason what a run cannot have", async () => {
  const addition =
    "train --preset addition-777 --digits 2 --curriculum 2:1,2:2 --test-size 20 --batch-size 8 --steps 4 --eval-every 2 --warmup-steps 1 --checkpoint-every 1 --keep-checkpoints all --backend cpu --out-dir x --no-plots".split(
      " ",
    );
  expect((await run(addition)).status).toBe(0);
  const { status, stdout, stderr } = await run(["analyze", "x"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^x\/analysis\.jsonl: 4 checkpoints; /);
  expect(stderr).toContain("There is no figure attention: the task has no table of pairs.");
  expect(stderr).toContain(
    "There is no measure of any kind: task addition has examples without end, and measures need all of them.",
  );
  expect(stderr).toContain(
    "There is no figure embedding-circle: the task is no addition in a cyclic group.",
  );
  expect(await readdir("x/plots")).toContain("singular-values.png");
  const weights = await readFile("x/plots/weights.svg", "utf8");
  for (const step of [1, 2, 3, 4]) {
    expect(weights).toContain(`aria-label="layers.0.feedForward.out.weight, step ${step}"`);
  }
});

it("computes what a run on another loss can have, and says what it cannot", async () => {
  const mse =
    "train --preset order-parameters --activation square --loss mse --p 7 --width 16 --steps 4 --checkpoint-every 2 --backend cpu --out-dir x --no-plots";
  expect((await run(mse.split(" "))).status).toBe(0);
  const { status, stdout, stderr } = await run(["analyze", "x", "--no-plots"]);
  expect({ status }).toEqual({ status: 0 });
  expect(stdout).toMatch(/^x\/analysis\.jsonl: 2 checkpoints, /);
  expect(stderr).toContain(
    "There is no measure gradient: it is of the loss by softmax, and this run trains on mse.\n",
  );
});
