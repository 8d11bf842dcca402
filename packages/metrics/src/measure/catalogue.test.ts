import { expect, test } from "vitest";
import { factsOf } from "../../test/mlp-facts";
import { measures, selectMeasures } from "./catalogue";
import type { MlpShape, TransformerShape } from "./network-shape";
import type { RunFacts } from "./snapshot";

test("what a run cannot have is skipped in a group and refused by name", () => {
  const facts = factsOf("x2+y2");
  const { measures: chosen, skipped } = selectMeasures(["progress", "numerics"], facts);
  expect(chosen.map(({ name }) => name)).toEqual(["weight-norm", "softmax", "gradient"]);
  expect(skipped.map(({ name }) => name)).toEqual(["fourier-losses", "gini"]);
  expect(() => selectMeasures(["gini"], facts)).toThrow(
    new RangeError(
      "this run cannot have the measure gini: x2+y2 is no addition in a cyclic group: allowed are + and -, and *, *1 and / mod a prime",
    ),
  );
  expect(() => selectMeasures(["progres"], facts)).toThrow(
    /^there is no measure progres: allowed are all, default, progress, order-parameters, numerics, sharpness, /,
  );
  const { network } = facts;
  const permutations = factsOf("+", {
    task: { operation: "s5", p: null },
    network: { ...(network as MlpShape), input: { kind: "embedding" } },
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
  expect(chosen.map(({ name }) => name)).toEqual([
    "fourier-losses",
    "gini",
    "weight-norm",
    "rqi",
    "circularity",
    "effective-rank",
    "participation-ratio",
    "snr",
    "softmax",
  ]);
});

test("requirements say what a network or loss lacks", () => {
  const facts = factsOf("+");
  const reasons = (changes: Partial<RunFacts>) =>
    Object.fromEntries(
      selectMeasures(["all"], { ...facts, ...changes }).skipped.map(({ name, reason }) => [
        name,
        reason,
      ]),
    );
  const mlp = facts.network as MlpShape;
  const operands = "it needs an MLP that sees the two operands alone, as residues if one-hot";
  expect(reasons({ network: { ...mlp, slots: 3 } })).toEqual({
    "participation-ratio": operands,
    "kernel-alignment": operands,
  });
  expect(reasons({ network: { ...mlp, slots: 3 }, hidden: facts.forward })).toEqual({
    "kernel-alignment": operands,
  });
  expect(reasons({ network: { ...mlp, depth: 1 } })).toEqual({
    "participation-ratio": "an MLP of one layer has no hidden activations",
  });
  const stable = "it is of the loss by softmax, and this run trains on stablemax";
  expect(reasons({ loss: "stablemax" })).toEqual({ gradient: stable, sharpness: stable });
  const transformer: TransformerShape = {
    kind: "transformer",
    layers: 1,
    tiedHead: false,
    finalNorm: false,
    norm: { kind: "none", position: "pre" },
  };
  expect(reasons({ network: transformer })).toEqual({
    "participation-ratio": "the run does not give hidden activations",
  });
});
