import { answerMap, matrixOf } from "@grok/metrics";
import { listPresets, resolveExperiment } from "@grok/train";
import { describe, expect, test } from "vitest";
import type { PanelName } from "./scene";
import { panelMeasures, sceneOf } from "./scene-of";

const sceneWith = (preset: string, flags: Record<string, string> = {}) =>
  sceneOf(resolveExperiment({ preset, flags }));

describe("which panels an experiment can have", () => {
  const modular: PanelName[] = [];
  const withoutGroup: PanelName[] = ["circles", "spectrum", "losses"];
  test.each([
    ["nanda", {}, modular],
    ["mlx", {}, modular],
    ["openai", {}, modular],
    ["mlp", {}, ["attention"]],
    ["order-parameters", {}, ["attention"]],
    ["nanda", { op: "x3+xy" }, withoutGroup],
    ["nanda", { op: "/-", p: "23" }, withoutGroup],
    ["nanda", { op: "s5" }, withoutGroup],
    ["nanda", { op: "+", p: "211" }, ["answers", "losses", "neurons"]],
    [
      "nanda",
      { op: "+", p: "509" },
      ["answers", "circles", "embedding", "losses", "neurons", "order", "spectrum"],
    ],
    ["addition-777", {}, ["answers", ...withoutGroup, "neurons", "order"]],
    ["nanda", { task: "parity" }, ["answers", "embedding", ...withoutGroup, "neurons"]],
  ] as const)("%s with %j misses %j, and says why", (preset, flags, missing) => {
    const scene = sceneWith(preset, flags);
    expect(Object.keys(scene.missing).sort()).toEqual([...missing].sort());
    for (const reason of Object.values(scene.missing)) expect(reason).toMatch(/^[A-Z+x/].*\.$/);
  });

  test("every preset has a scene, and symbols unless its inputs are numbers", () => {
    const ofNumbers = listPresets().flatMap(({ name }) =>
      sceneWith(name).symbols.length > 1 ? [] : [name],
    );
    expect(ofNumbers).toEqual(["parity", "committee"]);
  });
});

test("the table is that of the experiment's examples", () => {
  for (const [preset, flags] of [
    ["mlx", { p: "11" }],
    ["openai", { op: "s5" }],
    ["nanda", { p: "12", op: "x2+y2" }],
  ] as const) {
    const experiment = resolveExperiment({ preset, flags });
    const context = panelMeasures(experiment)?.context;
    const { table } = sceneOf(experiment);
    if (context === undefined || table === null) throw new Error("no table");
    const { pairs, labels } = context.examples;
    // A network that gives the right class the largest logit is right in every cell.
    const classes = Math.max(...labels) + 1;
    const logits = matrixOf(new Float32Array(labels.length * classes), labels.length, classes);
    for (const [row, label] of labels.entries()) logits.values[row * classes + label] = 1;
    const map = answerMap(logits, { size: table.size, pairs, labels, train: context.train });
    expect(table.train).toEqual(map.train);
    expect(table.answers.map((answer) => (answer < 0 ? -1 : answer + table.firstClass))).toEqual(
      Int16Array.from(map.answers),
    );
  }
});

test("positions are named as they are written", () => {
  expect(sceneWith("mlx").attention?.positions).toEqual(["a", "÷", "b", "="]);
  expect(sceneWith("nanda").attention?.positions).toEqual(["a", "b", "="]);
  expect(sceneWith("openai").attention?.positions).toEqual(["eos", "a", "÷", "b", "="]);
  expect(sceneWith("paper_default", { op: "x3+xy" }).attention?.positions).toEqual([
    "a",
    "⋆",
    "b",
    "=",
  ]);
  const addition = sceneWith("addition-777", { digits: "2" }).attention;
  expect(addition?.positions).toEqual(["a1", "a0", "+", "b1", "b0", "=", "c0", "c1", "c2"]);
});

test("what a task does not have is said of the task, and not of its network", () => {
  const { missing } = sceneWith("mlp", { task: "polynomial" });
  for (const panel of ["circles", "spectrum", "losses"] as const) {
    expect(missing[panel]).toBe(
      "The inputs are numbers as they are, so no symbols lie on circles.",
    );
  }
  expect(missing.attention).toBe("This network is an MLP: it has no attention.");
});

test("elements have their names, and outputs are logits of losses in nats alone", () => {
  const { table, hasLogits } = sceneWith("mlp", { group: "D5" });
  expect(table?.names).toHaveLength(10);
  expect(table?.names).toContain("r1");
  expect(hasLogits).toBe(true);
  expect(sceneWith("order-parameters", { p: "11", loss: "mse" }).hasLogits).toBe(false);
});

test("symbols, measures and what is computed on demand", () => {
  const scene = sceneWith("nanda");
  expect(scene.symbols).toHaveLength(113);
  const demanded = scene.measures.filter(({ onDemand }) => onDemand).map(({ name }) => name);
  expect(demanded).toEqual(["kernel-alignment"]);
  const names = sceneWith("nanda", { op: "s5" }).measures.map(({ name }) => name);
  expect(names).not.toContain("rqi");
  expect(sceneWith("nanda", { op: "s5" }).skipped["rqi"]).toMatch(/order/);
  expect(sceneWith("addition-777").symbols.slice(9)).toEqual(["9", "+", "=", "pad", "eos"]);
  const large = sceneWith("nanda", { p: "211" }).measures.map(({ name }) => name);
  expect(large).not.toContain("fourier-losses");
});
