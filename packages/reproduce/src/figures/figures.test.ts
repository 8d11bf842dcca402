import { parameterCount } from "@grok/models";
import { modelOf, resolveExperiment } from "@grok/train";
import { expect, it } from "vitest";
import { figureRuns, withSeeds } from "../figure/figure-runs";
import { cliffNetworks } from "../published/gpt-acc-jax";
import { figures } from "./figures";

const experimentsOf = (id: string, arm?: string) => {
  const figure = figures.find((each) => each.id === id);
  if (figure === undefined) throw new Error(`There is no ${id}.`);
  return figureRuns(figure)
    .filter((run) => arm === undefined || run.arm === arm)
    .map(({ experiment }) => experiment);
};

it("has every figure once, and all that a figure needs", () => {
  const ids = figures.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const figure of figures) {
    expect(figure.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(figure.source.url).toMatch(/^https:\/\//);
    const arms = figure.arms.map(({ name }) => name);
    expect(new Set(arms).size).toBe(arms.length);
    expect(figure.quantities.length).toBeGreaterThan(0);
    for (const { arms: own, published } of figure.quantities) {
      for (const arm of own) expect(arms).toContain(arm);
      expect(published.because).not.toBe("");
      if (published.band !== null) expect(published.band[0]).toBeLessThanOrEqual(published.band[1]);
    }
    for (const arm of figure.arms) {
      expect(arm.seconds).toBeGreaterThan(0);
      // Fewer than five seeds only where a run takes over half an hour, or the arm is a grid.
      const isGrid = arm.spec.grid !== undefined || arm.spec.list !== undefined;
      const isFew = arm.seeds.length < 5;
      if (isFew && !isGrid) expect(arm.seconds).toBeGreaterThanOrEqual(1_800);
    }
  }
});

it("asks with --quick for runs of the full set alone", () => {
  for (const figure of figures) {
    const full = new Set(figureRuns(figure).map(({ name }) => name));
    for (const { name } of figureRuns(figure, true)) expect(full.has(name)).toBe(true);
  }
});

it("names commands that make the very runs", () => {
  for (const figure of figures) {
    for (const { command, experiment } of figureRuns(figure)) {
      const [preset, flags] = parsed(command);
      expect(resolveExperiment({ preset, flags })).toEqual(experiment);
    }
  }
});

/** A command line of `grok train` as preset and flags. */
function parsed(command: string): [string | undefined, Record<string, string | boolean>] {
  const words = command
    .replace(/^grok train/, "")
    .trim()
    .match(/'[^']*'|\S+/g) as string[];
  const flags: Record<string, string | boolean> = {};
  for (let i = 0; i < words.length; i++) {
    const [name = "", value] = (words[i] as string).slice(2).split("=");
    const next = words[i + 1];
    if (value !== undefined) flags[name] = value;
    else if (next === undefined || next.startsWith("--")) {
      flags[name.replace(/^no-/, "")] = !name.startsWith("no-");
    } else {
      flags[name] = next.replaceAll("'", "");
      i++;
    }
  }
  const { preset, ...rest } = flags;
  return [preset as string | undefined, rest];
}

it("runs the other seeds that are asked for", () => {
  const [figure] = figures as [(typeof figures)[number]];
  const seeds = new Set(
    figureRuns(withSeeds(figure, [7, 8])).map(({ experiment }) => experiment.seed),
  );
  expect([...seeds]).toEqual([7, 8]);
});

it("has mlx-grokking as its source has it", () => {
  const [published] = experimentsOf("system-0-division", "swiglu");
  expect(published).toMatchObject({
    task: { op: "/", p: 97, trainFraction: 0.5 },
    model: { architecture: "mlx-swiglu", dModel: 128, heads: 1, layers: 2, dropout: 0.2 },
    optimizer: {
      kind: "adamw",
      lr: 1e-3,
      weightDecay: 1,
      beta2: 0.98,
      biasCorrection: false,
      warmupSteps: 10,
      warmupOffset: 0,
    },
    training: {
      steps: 1_500,
      batch: { mode: "epoch", size: 512 },
      evalEvery: 10,
      trainMetric: "running",
    },
  });
  expect(experimentsOf("system-0-addition")[0]).toMatchObject({
    task: { op: "+" },
    optimizer: { weightDecay: 2 },
    training: { steps: 10_000 },
  });
  expect(experimentsOf("system-0-division-30")[0]).toMatchObject({
    task: { op: "/", trainFraction: 0.3 },
    optimizer: { weightDecay: 0.5 },
    // 2,793 pairs in batches of 512.
    training: { steps: 12_000, evalEvery: 6 },
  });
});

it("has power-reproduction as its source has it", () => {
  const [soon] = experimentsOf("system-1-paper-default");
  expect(soon).toMatchObject({
    task: { op: "/", p: 97, trainFraction: 0.5, layout: "power" },
    model: { architecture: "power", dModel: 128, heads: 4, layers: 2, dropout: 0 },
    optimizer: {
      kind: "adamw",
      lr: 1e-3,
      weightDecay: 1,
      beta1: 0.9,
      beta2: 0.98,
      biasCorrection: true,
      warmupSteps: 10,
      warmupOffset: 1,
    },
    training: {
      batch: { mode: "replacement", size: 512 },
      trainMetric: "full",
      evalAtStart: true,
      stopOnGrok: false,
    },
  });
  expect(experimentsOf("system-1-paper-late")[0]).toMatchObject({
    optimizer: { kind: "adam", weightDecay: 0 },
    training: { steps: 200_000, evalEvery: 1_000 },
  });
  const fractions = experimentsOf("system-1-train-fraction");
  expect(fractions).toHaveLength(60);
  // Batches are half of a training set that is smaller than 1,024.
  expect(new Set(fractions.map(({ training }) => training.grokThreshold))).toEqual(new Set([0.99]));
});

it("has grokking-lab as its source has it", () => {
  const [run] = experimentsOf("system-2-mlp-45");
  expect(run).toMatchObject({
    task: { op: "+", p: 97, trainFraction: 0.45 },
    model: { architecture: "mlp", embedDim: 128, width: 256, depth: 3 },
    optimizer: { kind: "adamw", lr: 1e-3, weightDecay: 0.01, beta2: 0.999, warmupSteps: 0 },
    training: { steps: 300_000, batch: { mode: "replacement", size: 256 }, evalEvery: 200 },
  });
  const table = experimentsOf("system-2-train-fraction").map(({ task, training }) => [
    (task as { trainFraction: number }).trainFraction,
    training.steps,
    training.evalEvery,
  ]);
  expect(table).toContainEqual([0.25, 1_500_000, 500]);
  expect(table).toContainEqual([0.3, 800_000, 500]);
  expect(table).toContainEqual([0.35, 500_000, 500]);
  expect(table).toContainEqual([0.4, 400_000, 200]);
  expect(table).toContainEqual([0.5, 200_000, 200]);
});

it("has ChanceSiyuan/grokking as its source has it", () => {
  const [run] = experimentsOf("system-3-run");
  expect(run).toMatchObject({
    seed: 42,
    task: { op: "+", p: 97, trainFraction: 0.3, layout: "one-hot" },
    model: { architecture: "order-parameters", width: 512, depth: 2, alpha: 0 },
    optimizer: { kind: "adamw", lr: 1e-3, weightDecay: 1, beta2: 0.999 },
    training: { steps: 30_000, batch: { mode: "full" }, evalEvery: 100 },
  });
  expect(experimentsOf("system-3-order-parameters")).toEqual(experimentsOf("system-3-run"));
  const points = experimentsOf("system-3-sweep").map(({ model, optimizer }) => [
    (model as { alpha: number }).alpha,
    optimizer.weightDecay,
  ]);
  expect(new Set(points.map(String)).size).toBe(16);
});

it("has gpt-acc-jax as its source has it", () => {
  const [run] = experimentsOf("system-4-addition-777", "lr02");
  expect(run).toMatchObject({
    task: {
      kind: "addition",
      digits: 10,
      testSize: 10_000,
      curriculum: [
        { steps: 2_000, digits: 3 },
        { steps: 5_000, digits: 6 },
        { steps: 20_000, digits: 10 },
      ],
    },
    optimizer: {
      lr: 0.02,
      weightDecay: 0.01,
      warmupSteps: 1_350,
      clip: 1,
      schedule: { kind: "cosine", finalLr: 0.002, endStep: 27_000 },
    },
    training: { steps: 27_000, batch: { mode: "stream", size: 512 } },
  });
  expect(experimentsOf("system-4-addition-777", "lr01")[0]?.optimizer).toMatchObject({
    lr: 0.01,
    schedule: { finalLr: 0.001 },
  });
  // The cliff's network of 777 parameters is the adder itself.
  const cliff = figures.find(({ id }) => id === "system-4-cliff") as (typeof figures)[number];
  const runs = figureRuns(cliff);
  const adder = experimentsOf("system-4-addition-777", "lr02")[0];
  expect(runs.map(({ experiment }) => experiment)).toContainEqual(adder);
  const counts = runs.map(({ experiment }) => parameterCount(modelOf(experiment)));
  expect(new Set(counts)).toEqual(new Set(cliffNetworks.map(({ parameters }) => parameters)));
  expect(runs.map(({ command }) => command)).toContain(
    "grok train --preset addition-777 --d-model 7 --mlp-mult 2 --no-ffn-bias --tied-head --lr 0.02 --final-lr 0.002 --seed 0",
  );
});

it("has the literature's as their sources have them", () => {
  expect(experimentsOf("literature-nanda")[0]).toMatchObject({
    task: { op: "+", p: 113, trainFraction: 0.3 },
    model: { architecture: "nanda" },
    optimizer: { kind: "adamw", lr: 1e-3, weightDecay: 1, beta2: 0.98 },
    training: { batch: { mode: "full" }, lossPrecision: "float64" },
    metrics: ["progress"],
  });
  expect(experimentsOf("literature-grokfast", "ma")[0]?.optimizer).toMatchObject({
    kind: "adam",
    weightDecay: 0.01,
    grokfast: { kind: "ma", window: 100, lambda: 5 },
  });
  expect(experimentsOf("literature-grokfast", "ema")[0]?.optimizer).toMatchObject({
    weightDecay: 0.005,
    grokfast: { kind: "ema", alpha: 0.98, lambda: 2 },
  });
  expect(experimentsOf("literature-grokfast", "baseline")[0]?.optimizer).toMatchObject({
    weightDecay: 0,
    grokfast: { kind: "none" },
  });
  for (const [arm, trainFraction, eps, lossPrecision] of [
    ["collapse", 0.4, 1e-30, "float32"],
    ["single", 0.7, 1e-25, "float32"],
    ["double", 0.7, 1e-25, "float64"],
    ["stablemax", 0.4, 1e-25, "float64"],
    ["orthograd", 0.4, 1e-8, "float32"],
  ] as const) {
    const loss = arm === "stablemax" ? "stablemax" : "softmax";
    expect(experimentsOf("literature-softmax-collapse", arm)[0]).toMatchObject({
      task: { op: "+", p: 113, trainFraction },
      optimizer: { weightDecay: 0, eps, orthograd: arm === "orthograd" },
      training: { batch: { mode: "full" }, loss, lossPrecision },
    });
  }
  for (const [arm, weightDecay] of [
    ["plain", 0],
    ["runs", 1],
  ] as const) {
    const own = experimentsOf("literature-lazy-rich", arm);
    expect(own.map(({ model }) => "outputScale" in model && model.outputScale)).toEqual(
      [0.15, 0.5, 1, 2].flatMap((scale) => Array(5).fill(scale)),
    );
    expect(own[0]).toMatchObject({
      task: { op: "+", p: 113, trainFraction: 0.3 },
      model: { architecture: "nanda" },
      optimizer: { kind: "adamw", lr: 1e-3, weightDecay },
    });
  }
  expect(experimentsOf("literature-omnigrok")[0]).toMatchObject({
    model: { initialScale: 0.8 },
    optimizer: { weightDecay: 0, weightNorm: "initial" },
  });
});
