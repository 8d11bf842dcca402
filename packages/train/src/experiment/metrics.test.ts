import "@tensorflow/tfjs-backend-cpu";
import { binaryTask } from "@grok/data";
import { forward, initialise } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { tiny } from "../../test/tiny";
import { findFlag } from "../flag/built-in";
import { flagDefault } from "../flag/default";
import type { GivenFlags } from "../preset/overrides";
import { resolveExperiment } from "../preset/resolve";
import { assemble } from "./assembly";
import { modelOf } from "./build";
import { ExperimentError } from "./error";
import { measuresOf } from "./metrics";
import { runContext } from "./run-context";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const oneHot = { p: 7, width: 8 };
const failure = (preset: string, flags: GivenFlags): string => {
  try {
    tiny(preset, flags);
  } catch (error) {
    expect(error).toBeInstanceOf(ExperimentError);
    return (error as Error).message;
  }
  throw new Error("Nothing was refused.");
};
const chosen = (preset: string, flags: GivenFlags) => {
  const found = measuresOf(tiny(preset, flags));
  return { names: found?.measures.map(({ name }) => name), skipped: found?.skipped };
};

describe("metrics of an experiment", () => {
  it("are none unless asked for", () => {
    expect(tiny("order-parameters", oneHot).metrics).toEqual([]);
    expect(measuresOf(tiny("order-parameters", oneHot))).toBeNull();
    expect(tiny("order-parameters", { ...oneHot, metrics: "none" }).metrics).toEqual([]);
    expect(tiny("order-parameters", { ...oneHot, "order-params": false }).metrics).toEqual([]);
  });

  it("are named by --metrics, --order-params or both, each once", () => {
    const metrics = (flags: GivenFlags) =>
      tiny("order-parameters", { ...oneHot, ...flags }).metrics;
    expect(metrics({ metrics: "rqi, progress,rqi" })).toEqual(["rqi", "progress"]);
    expect(metrics({ metrics: ["softmax"] })).toEqual(["softmax"]);
    expect(metrics({ "order-params": true })).toEqual(["order-parameters"]);
    expect(metrics({ metrics: "softmax", "order-params": true })).toEqual([
      "softmax",
      "order-parameters",
    ]);
  });

  it("are shown by the help", () => {
    const flag = findFlag("metrics") as NonNullable<ReturnType<typeof findFlag>>;
    expect(flagDefault(flag, tiny("mlp", { p: 7 }))).toBe("none");
    expect(flagDefault(flag, tiny("mlp", { p: 7, metrics: "gini,softmax" }))).toBe("gini,softmax");
    expect(flag.description).toContain("order-parameters, numerics");
  });

  it("are refused by an unknown name, with the nearest", () => {
    expect(failure("mlp", { p: 7, metrics: "progres" })).toMatch(
      /^--metrics must name some of all, default, progress, order-parameters, .*, not "progres"; did you mean progress\?$/,
    );
    expect(failure("mlp", { p: 7, metrics: "" })).toMatch(/, not ""\.$/);
  });

  it("of the default set are thinned so that they cost little, others are not", () => {
    const every = (preset: string, flags: GivenFlags = {}) =>
      resolveExperiment({ preset, flags: { metrics: "default", ...flags } }).training.metricsEvery;
    // An evaluation of mlx is 10 steps, of the others 100 and 200: the table of results/metrics-cost.json.
    expect(every("mlx")).toBe(40);
    expect(every("nanda")).toBe(2);
    expect(every("order-parameters")).toBe(5);
    expect(every("mlp")).toBeGreaterThan(5);
    expect(every("mlx", { "eval-every": 1000 })).toBe(1);
    expect(every("mlx", { "metrics-every": 3 })).toBe(3);
    expect(every("mlx", { metrics: "progress" })).toBe(1);
    expect(failure("mlx", { "metrics-every": 3 })).toBe("--metrics-every goes with --metrics.");
  });

  it("are refused where examples never end", () => {
    expect(failure("addition-777", { metrics: "progress" })).toBe(
      "Task addition can have no metrics, as its examples never end and measures need all of them.",
    );
  });

  it("are refused by name and skipped in a group where the run cannot have them", () => {
    expect(failure("mlp", { p: 7, op: "x2+y2", metrics: "gini" })).toMatch(
      /^--metrics gini is not for this run: x2\+y2 is no addition in a cyclic group: .*\.$/,
    );
    const squares = chosen("mlp", { p: 7, op: "x2+y2", metrics: "progress" });
    expect(squares.names).toContain("weight-norm");
    expect(squares.names).not.toContain("gini");
    expect(squares.skipped?.map(({ name }) => name)).toEqual(["fourier-losses", "gini"]);
    // The measures' own view of an MLP has two operands, and residues where they are one-hot.
    const parity = { task: "parity", bits: 5, samples: 30, relevant: 2, width: 8 };
    expect(failure("order-parameters", { ...parity, metrics: "kernel-alignment" })).toContain(
      "it needs an MLP that sees the two operands alone",
    );
    const ofBits = chosen("order-parameters", { ...parity, metrics: "order-parameters" }).names;
    expect(ofBits).toContain("participation-ratio");
    expect(ofBits).not.toContain("rqi");
    expect(chosen("order-parameters", { ...parity, metrics: "numerics" }).names).toEqual(
      expect.arrayContaining(["softmax", "gradient"]),
    );
    expect(chosen("mlp", { p: 7, loss: "stablemax", metrics: "numerics" })).toEqual({
      names: expect.arrayContaining(["softmax"]),
      skipped: [
        {
          name: "gradient",
          reason: "it is of the loss by softmax, and this run trains on stablemax",
        },
      ],
    });
  });
});

describe("the facts of a run", () => {
  it("tell where numbers begin among tokens and classes", () => {
    const small = { p: 7, "d-model": 8, "n-heads": 2, "n-layers": 1 };
    expect(runContext(assemble(tiny("openai", small))).task).toMatchObject({
      firstToken: 22,
      firstClass: 22,
    });
    // Permutations come behind the numbers mod 97.
    expect(
      runContext(assemble(tiny("openai", { ...small, p: undefined, op: "s5" }))).task,
    ).toMatchObject({
      operation: "s5",
      p: null,
      firstToken: 119,
      firstClass: 119,
    });
    expect(runContext(assemble(tiny("nanda", small))).task).toMatchObject({
      operation: "+",
      p: 7,
      firstToken: 0,
      firstClass: 0,
    });
  });

  it("give the label and the logits where the answer is read", async () => {
    const experiment = tiny("openai", { p: 7, "d-model": 8, "n-heads": 2, "n-layers": 1 });
    const context = runContext(assemble(experiment));
    const config = modelOf(experiment);
    const { op } = experiment.task as { op: string };
    const { tokens, size, labels } = binaryTask({
      operation: op,
      p: 7,
      layout: "openai",
    }).dataset();
    expect(context.examples.labels).toEqual(labels.filter((_, i) => i % 2 === 0));
    expect(context.examples.pairs).toHaveLength(2 * size);
    const parameters = initialise(config, 0);
    const whole = forward(config, parameters, { tokens, size, length: 6, answerPositions: [4] });
    const rows = Int32Array.of(5, 0, 3);
    const some = context.forward(parameters, rows);
    const expected = tf.gather(whole, tf.tensor1d(rows, "int32"));
    expect(some.shape).toEqual([3, config.classes]);
    const [a, b] = [await some.data(), await expected.data()];
    expect(Math.max(...a.map((x, i) => Math.abs(x - (b[i] as number))))).toBeLessThan(1e-5);
  });
});
