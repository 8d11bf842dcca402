import { expect, test } from "vitest";
import { factsOf, mlpAnatomy } from "../../test/mlp-facts";
import { unknownAnatomy } from "./anatomy";
import { measures, selectMeasures } from "./catalogue";
import type { RunContext } from "./snapshot";

test("what a run cannot have is skipped in a group and refused by name", () => {
  const context = factsOf("x2+y2");
  const { measures: chosen, skipped } = selectMeasures(["progress", "numerics"], context);
  const names = chosen.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["weight-norm", "softmax", "gradient"]));
  expect(names).not.toContain("gini");
  expect(skipped.map(({ name }) => name)).toEqual(["fourier-losses", "gini"]);
  expect(() => selectMeasures(["gini"], context)).toThrow(
    new RangeError(
      "this run cannot have the measure gini: x2+y2 is no addition in a cyclic group: allowed are + and -, and *, *1 and / mod a prime",
    ),
  );
  expect(() => selectMeasures(["progres"], context)).toThrow(
    /^there is no measure progres: allowed are all, default, progress, order-parameters, numerics, sharpness, /,
  );
  const permutations = factsOf("+", {
    task: { operation: "s5", p: null },
    anatomy: mlpAnatomy({ input: { kind: "embedding" } }),
  });
  expect(
    selectMeasures(["rqi", "order-parameters"].slice(1), permutations).measures.map(
      ({ name }) => name,
    ),
  ).toEqual(["participation-ratio", "kernel-alignment"]);
});

test("every measure says what it is, and no two share a column", () => {
  const columns = measures.flatMap((measure) => [...measure.columns]);
  expect(new Set(columns).size).toBe(columns.length);
  expect(new Set(measures.map(({ name }) => name)).size).toBe(measures.length);
  for (const { description, source } of measures) {
    expect(description.length * source.length).toBeGreaterThan(0);
  }
});

test("the default set is what is cheap", () => {
  const { measures: chosen } = selectMeasures(["default"], factsOf("+"));
  const names = chosen.map(({ name }) => name);
  const cheap = measures.filter(({ cost }) => cost === "cheap").map(({ name }) => name);
  expect(names).toEqual(cheap);
  expect(names).toEqual(expect.arrayContaining(["fourier-losses", "gini", "rqi", "softmax"]));
  expect(names).not.toContain("gradient");
});

test("requirements say what a network or loss lacks", () => {
  const context = factsOf("+");
  const reasons = (changes: Partial<RunContext>) =>
    Object.fromEntries(
      selectMeasures(["all"], { ...context, ...changes }).skipped.map(({ name, reason }) => [
        name,
        reason,
      ]),
    );
  const target = { "target-alignment": "it needs answers that are one number each" };
  const operands = "it needs an MLP that sees the two operands alone, as residues if one-hot";
  const neurons =
    "it needs an MLP with one hidden layer that sees the two operands as one-hot vectors";
  expect(reasons({ anatomy: mlpAnatomy({ slots: 3 }) })).toEqual({
    ...target,
    "participation-ratio": operands,
    "kernel-alignment": operands,
    ipr: neurons,
    subnetwork: operands,
  });
  expect(reasons({ anatomy: mlpAnatomy({ slots: 3 }), hidden: context.forward })).toEqual({
    ...target,
    "kernel-alignment": operands,
    ipr: neurons,
  });
  expect(reasons({ anatomy: mlpAnatomy({ depth: 1 }) })).toEqual({
    ...target,
    "participation-ratio": "an MLP of one layer has no hidden activations",
    ipr: neurons,
    subnetwork: "an MLP of one layer is no MLP with a hidden layer",
  });
  const stable = "it is of the loss by softmax, and this run trains on stablemax";
  expect(reasons({ loss: "stablemax" })).toEqual({
    ...target,
    gradient: stable,
    sharpness: stable,
  });
  const embedding = { parameter: "tokenEmbedding", blocks: 1 };
  const transformer = {
    ...unknownAnatomy,
    embedding,
    neuronsToLogits: [{ parameter: "unembedding.weight", transpose: false }],
    hidden: true,
  };
  expect(reasons({ anatomy: transformer })).toEqual({
    ...target,
    "participation-ratio": "the run does not give hidden activations",
    ipr: neurons,
    subnetwork: "the network is no MLP with a hidden layer",
  });
  const lacks = "the network has no embedding of its symbols";
  expect(reasons({ anatomy: unknownAnatomy })).toEqual({
    ...target,
    gini: lacks,
    rqi: lacks,
    circularity: lacks,
    "effective-rank": lacks,
    "participation-ratio": "the network has no hidden activations",
    snr: lacks,
    ipr: neurons,
    subnetwork: "the network is no MLP with a hidden layer",
    "gradient-symmetricity": lacks,
  });
  expect(reasons({ anatomy: { ...unknownAnatomy, embedding } }).gini).toBe(
    "the network has no linear map from its neurons to its logits",
  );
});
