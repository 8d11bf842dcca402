import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExperiment } from "../experiment/check";
import { ExperimentError } from "../experiment/error";
import { listFlags } from "../flag/built-in";
import type { GivenFlags } from "./overrides";
import { presets } from "./presets";
import { resolveExperiment } from "./resolve";

const resolve = (preset: string, given: GivenFlags = {}) =>
  resolveExperiment({ preset, flags: given });

describe("resolveExperiment", () => {
  it.each([
    ["mlp", 'takes { preset, flags, extensions }, not "mlp"; did you mean { preset: "mlp" }?'],
    [null, "takes { preset, flags, extensions }, not null."],
    [{ presets: "mlp" }, "has no option presets; did you mean preset?"],
    [{ p: 7 }, "has no option p; there are preset, flags, extensions."],
  ])("refuses options that would have no effect: %j", (options, sentence) => {
    expect(() => resolveExperiment(options as never)).toThrow(`resolveExperiment ${sentence}`);
  });

  it("knows the learning rate by its other name", () => {
    expect(resolve("mlp", { "learning-rate": "0.5" }).optimizer.lr).toBe(0.5);
  });

  it("lets a flag win over every preset", () => {
    for (const preset of Object.keys(presets)) {
      const given = {
        lr: "0.5",
        "weight-decay": "0.25",
        seed: "7",
        "eval-every": "3",
        steps: "11",
      };
      expect(resolve(preset, given), preset).toMatchObject({
        optimizer: { lr: 0.5, weightDecay: 0.25 },
        training: { evalEvery: 3, steps: 11 },
        seed: 7,
      });
    }
  });

  it("takes the command lines of the systems reproduced", () => {
    expect(
      resolve("paper_default", {
        p: "97",
        "train-frac": "0.5",
        seed: "0",
        "eval-every": "1000",
        "out-dir": "runs/x",
      }).training.evalEvery,
    ).toBe(1000);
    expect(resolve("mlx", { op: "+", "weight-decay": "2.0", epochs: "1000" })).toMatchObject({
      task: { op: "+" },
      optimizer: { weightDecay: 2 },
      // 9,409 pairs, 4,704 of them to train on: 10 steps an epoch.
      training: { steps: 10_000, evalEvery: 10 },
    });
    expect(
      resolve("order-parameters", {
        p: "97",
        width: "512",
        alpha: "0.25",
        "weight-decay": "1",
        lr: "1e-3",
        "train-fraction": "0.3",
        "n-epochs": "30000",
        "log-every": "50",
        "save-dir": "x",
        seed: "1",
        "order-params": false,
        plots: false,
      }),
    ).toMatchObject({
      model: { alpha: 0.25 },
      training: { steps: 30_000, evalEvery: 50 },
      seed: 1,
    });
  });

  it("lets what follows from other settings follow from the flags", () => {
    // 0.3 · 9,312 = 2,793 pairs: six batches of 512 an epoch.
    expect(resolve("mlx", { "train-fraction": 0.3 }).training).toMatchObject({
      steps: 3000,
      evalEvery: 6,
    });
    expect(resolve("mlx", { "batch-size": 100 }).training).toMatchObject({ evalEvery: 47 });
    expect(resolve("paper_default", { p: "11" }).training.batch).toEqual({
      mode: "replacement",
      size: 27,
    });
    expect(resolve("mlp", { "train-fraction": 0.25 }).training.evalEvery).toBe(500);
    expect(resolve("mlx", { schedule: "cosine", steps: 77 }).optimizer.schedule).toEqual({
      kind: "cosine",
      finalLr: 0,
      endStep: 77,
    });
    expect(resolve("mlx", { "d-model": 64 }).model).toMatchObject({ mlpMult: 4, dModel: 64 });
    expect(resolve("mlx", { model: "power" }).task).toMatchObject({ layout: "power" });
    expect(resolve("addition-777", { digits: 4 }).task).toMatchObject({
      curriculum: [{ digits: 3 }, { digits: 4 }, { digits: 4 }],
    });
  });

  it("chooses the task by its operation", () => {
    expect(resolve("mlx", { op: "s5conj" }).task).toMatchObject({ kind: "permutation" });
    expect(resolve("addition-777", { op: "+" }).training.batch.mode).toBe("epoch");
    expect(resolve("mlx", { task: "parity" }).task).toMatchObject({ kind: "parity", bits: 40 });
    expect(resolve("mlx", { task: "addition", steps: 5 }).training.batch.mode).toBe("stream");
  });

  it("drops what a preset says of another variant", () => {
    expect(resolve("mlx", { optimizer: "sgd" }).optimizer).not.toHaveProperty("beta1");
    expect(resolve("mlx", { optimizer: "sgd" }).optimizer).toMatchObject({ decay: "l2" });
    expect(resolve("mlx", { grokfast: "ma" }).optimizer.grokfast).toEqual({
      kind: "ma",
      window: 100,
      lambda: 5,
    });
    expect(resolve("addition-777", { clip: "none" }).optimizer.clip).toBeNull();
  });

  const wrong: [string, GivenFlags, RegExp][] = [
    ["mlx", { op: "^" }, /^--op must be one of \+, -, .*, not "\^"\.$/],
    ["mlx", { p: "96", op: "/" }, /modulus p must be prime, not 96\.$/],
    ["mlx", { "train-fraction": "1.5" }, /^--train-fraction must be .* less than 1, not 1\.5\.$/],
    ["mlx", { lr: "abc" }, /^--lr must be a number greater than 0, not "abc"\.$/],
    ["mlx", { lr: "" }, /^--lr must be/],
    ["mlx", { lr: Number.NaN }, /^--lr must be/],
    ["nope", {}, /^Unknown preset "nope"; there are mlx, /],
    ["paper-default", {}, /did you mean paper_default\?$/],
    ["toString", {}, /^Unknown preset/],
    ["mlx", { "weight-decey": 1 }, /^Unknown flag --weight-decey; did you mean --weight-decay\?$/],
    ["mlx", { constructor: 1 }, /^Unknown flag --constructor\.$/],
    ["mlx", { alpha: 1 }, /^--alpha goes with --model mlp.*, not with mlx\.$/],
    ["mlp", { dropout: 0.1 }, /^--dropout goes with --model mlx, .*, not with mlp\.$/],
    [
      "order-parameters",
      { "embed-dim": 4 },
      /goes with --model mlp.*, not with order-parameters\.$/,
    ],
    ["mlx", { op: "s5", p: 5 }, /^--p goes with --task modular.*, not with permutation\.$/],
    ["mlx", { optimizer: "sgd", beta1: 0.9 }, /^--beta1 goes with --optimizer adamw, adam/],
    ["mlx", { optimizer: "adm" }, /^--optimizer must be one of adamw, .*; did you mean adam/],
    ["mlx", { "grokfast-alpha": 0.9 }, /^--grokfast-alpha goes with --grokfast ema, not with none/],
    [
      "mlx",
      { "batch-mode": "full", "batch-size": 5 },
      /^--batch-size goes with --batch-mode epoch/,
    ],
    ["mlx", { "batch-size": 5000 }, /^--batch-size must be at most 4656/],
    ["mlx", { "batch-mode": "stream" }, /^--batch-mode cannot be stream/],
    ["addition-777", { "batch-mode": "full" }, /^--batch-mode must be stream/],
    ["addition-777", { "train-metric": "full" }, /^--train-metric must be running/],
    ["addition-777", { epochs: 3 }, /no epochs/],
    ["addition-777", { curriculum: "5:11" }, /1 to 10, not 11/],
    ["mlx", { steps: 10, epochs: 1 }, /^Give --epochs or --steps, not both\.$/],
    [
      "mlx",
      { epochs: "1e99" },
      /^--epochs asks for 1e\+100 steps, 10 per epoch; allowed are 1000000000\.$/,
    ],
    ["mlx", { "n-epochs": "1e99" }, /^--n-epochs asks for/],
    ["mlx", { epochs: "Infinity" }, /^--epochs must be a number greater than 0, not "Infinity"\.$/],
    ["mlx", { epochs: "0x10" }, /^--epochs must be a number greater than 0, not "0x10"\.$/],
    ["mlx", { epochs: "" }, /^--epochs must be a number greater than 0, not ""\.$/],
    ["mlx", { steps: "0" }, /^--steps must be a whole number from 1 to 1000000000, not 0\.$/],
    ["mlx", { steps: "0x10" }, /^--steps must be a whole number .*, not "0x10"\.$/],
    ["mlx", { seed: "1.5" }, /^--seed must be a whole number/],
    ["mlx", { "weight-decay": "Infinity" }, /^--weight-decay must be .*, not "Infinity"\.$/],
    ["mlx", { "train-fraction": 1 }, /^--train-fraction must be .* less than 1, not 1\.$/],
    ["mlp", { width: 65_536, depth: 64 }, /^The run needs at least 3970 GiB of memory for weights/],
    ["mlp", { "batch-size": 1e12 }, /^The run needs at least .* GiB of memory for a batch/],
    [
      "mlp",
      { grokfast: "ma", "grokfast-window": 10_000, width: 1024 },
      /^The run needs at least .* GiB of memory for weights, gradients and the optimizer's state/,
    ],
    ["mlx", { epochs: "x" }, /^--epochs must be a number greater than 0, not "x"\.$/],
    ["mlx", { steps: "1.5" }, /^--steps must be a whole number/],
    ["mlx", { "train-frac": 0.1, "train-fraction": 0.2 }, /are the same flag/],
    ["mlx", { "n-heads": 3 }, /^The network cannot be built: .*3 heads\.$/],
    ["mlp", { "shared-prefixes": false }, /^--no-shared-prefixes is for transformers/],
    ["mlp", { layout: "power" }, /^--layout power feeds the answer/],
    ["order-parameters", { layout: "pair" }, /^--layout must be one-hot/],
    ["mlx", { "train-fraction": 1e-9 }, /leaves none for training/],
    [
      "mlx",
      { "keep-checkpoints": 1 },
      /^--keep-checkpoints must be .* at least 2 or all or every:STEPS or log:NUMBER, not 1\.$/,
    ],
  ];
  it.each(wrong)("refuses %s with %j in one sentence", (preset, given, message) => {
    expect(() => resolve(preset, given)).toThrow(ExperimentError);
    expect(() => resolve(preset, given)).toThrow(message);
  });

  it("resolves any flags or refuses them in one sentence", () => {
    const inputs = listFlags().filter(({ group }) => group !== "output");
    const value = fc.oneof(
      fc.constantFrom("0", "1", "2", "7", "0.5", "none", "true", "-1", "1e3", "x", "2:3"),
      fc.constantFrom(...inputs.flatMap(({ choices }) => choices ?? [])),
      fc.boolean(),
    );
    const given = fc.uniqueArray(fc.tuple(fc.constantFrom(...inputs.map((f) => f.name)), value), {
      selector: ([name]) => name,
      maxLength: 5,
    });
    const preset = fc.constantFrom(...Object.keys(presets));
    fc.assert(
      fc.property(preset, given, (name, entries) => {
        try {
          const experiment = resolve(name, Object.fromEntries(entries));
          expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
        } catch (error) {
          expect(error).toBeInstanceOf(ExperimentError);
          expect((error as Error).message).toMatch(/^[A-Z-][^\n]*[.?]$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("parseExperiment", () => {
  const written = () =>
    JSON.parse(JSON.stringify(resolve("mlx"))) as Record<string, Record<string, unknown>>;

  it("refuses unknown keys, with the nearest one", () => {
    const data = { ...written(), optimiser: {} };
    expect(() => parseExperiment(data)).toThrow(
      /^Unknown key optimiser; did you mean optimizer\?$/,
    );
    const deep = written();
    Object.assign(deep.optimizer ?? {}, { weigthDecay: 1 });
    expect(() => parseExperiment(deep)).toThrow(
      /^Unknown key optimizer\.weigthDecay; did you mean weightDecay\?$/,
    );
  });

  it.each(["../../etc", "a/b", "", ".", "a\n", "x".repeat(65)])(
    "refuses preset %j, as folders are named after it",
    (preset) => {
      expect(() => parseExperiment({ ...written(), preset })).toThrow(
        /^preset must be a name of letters, digits, - and _, not "/,
      );
    },
  );

  it("refuses objects that cannot be made into text", () => {
    const odd = { constructor: 1, toString: 1, valueOf: 1 };
    for (const group of ["task", "model", "optimizer", "training"]) {
      expect(() => parseExperiment({ ...written(), [group]: odd })).toThrow(ExperimentError);
      const within = { ...written()[group], kind: odd, architecture: odd, mode: odd };
      expect(() => parseExperiment({ ...written(), [group]: within })).toThrow(ExperimentError);
    }
  });

  it.each([undefined, null, 3, "x", [], {}])("refuses %j", (data) => {
    expect(() => parseExperiment(data)).toThrow(ExperimentError);
  });

  it("says where a value is wrong or missing", () => {
    const wrongValue = written();
    Object.assign(wrongValue.optimizer ?? {}, { lr: -1 });
    expect(() => parseExperiment(wrongValue)).toThrow(
      /^optimizer\.lr must be a number greater than 0, not -1\.$/,
    );
    const missing = written();
    delete missing.training?.steps;
    expect(() => parseExperiment(missing)).toThrow(
      /^training\.steps must be .*, and is missing\.$/,
    );
  });
});
