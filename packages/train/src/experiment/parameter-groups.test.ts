import "@tensorflow/tfjs-backend-cpu";
import { initialise } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { collect, MemoryStore } from "../../test/tiny";
import { resolveExperiment, train } from "../index";
import { experimentOfLink, linkOf } from "../link/index";
import { modelOf } from "./build";
import { groupsText, readGroups } from "./parameter-groups";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const small = { p: 7, width: 8, "embed-dim": 4, steps: 3, "eval-every": 3 };

async function weightsOf(groups: string, more: Record<string, boolean | string> = {}) {
  const flags = { ...small, ...more, ...(groups === "" ? {} : { "parameter-groups": groups }) };
  const experiment = resolveExperiment({ preset: "mlp", flags });
  expect(experimentOfLink(linkOf(experiment))).toEqual(experiment);
  const store = new MemoryStore();
  await collect(train(experiment, { store }));
  return { experiment, weights: (await store.last()).parameters };
}

test("frozen parameters stay, others have rates of their own, and the rest is as before", async () => {
  const { weights: plain } = await weightsOf("");
  const { experiment, weights } = await weightsOf("embedding:frozen;layers.*.bias:lr=0.5");
  const { embedding } = initialise(modelOf(experiment), experiment.seed);
  expect(weights.get("embedding")?.data).toEqual(await embedding?.data());
  expect(weights.get("layers.0.bias")?.data).not.toEqual(plain.get("layers.0.bias")?.data);
  const { lr, weightDecay } = experiment.optimizer;
  const { weights: same } = await weightsOf(`layers.*:lr=${lr},weight-decay=${weightDecay}`);
  expect(same).toEqual(plain);
});

test("transforms leave the gradients of untransformed parameters alone", async () => {
  const weightsAt = async (groups: string, egalitarian: boolean) =>
    (await weightsOf(groups, { egalitarian })).weights;
  const untouched = await weightsAt("*:untransformed", true);
  expect(untouched).toEqual(await weightsAt("*:lr=0.001", false));
  const part = await weightsAt("layers.1.*:untransformed", true);
  expect(part).not.toEqual(await weightsAt("layers.1.*:lr=0.001", true));
  expect(part).not.toEqual(untouched);
});

test("a decay in the loss comes before the transforms, with each group's own rate", async () => {
  const weightsAt = async (decay: string, more: Record<string, boolean | string> = {}) =>
    (await weightsOf("layers.1.*:weight-decay=0.5", { decay, optimizer: "sgd", ...more })).weights;
  expect(await weightsAt("loss")).toEqual(await weightsAt("l2"));
  const turned = { egalitarian: true };
  expect(await weightsAt("loss", turned)).not.toEqual(await weightsAt("l2", turned));
});

test("groups are the same as text and as data", () => {
  const text = "layers.*.bias:lr=0.01,weight-decay=0;tokenEmbedding:frozen";
  const groups = [
    { match: "layers.*.bias", lr: 0.01, weightDecay: 0 },
    { match: "tokenEmbedding", frozen: true },
  ];
  expect(readGroups(text)).toEqual(groups);
  expect(groupsText(groups)).toBe(text);
  expect(readGroups("grokked")).toBeNull();
});

test.each([
  [
    "layers.9.*:frozen",
    {},
    /--parameter-groups layers\.9\.\* fits no parameter; the network has embedding,/,
  ],
  ["embedding:frozen", { optimizer: "muon" }, /--parameter-groups cannot go with Muon,/],
  ["embedding:frozen", { "weight-norm": 3 }, /--weight-norm scales all parameters at each step/],
  ["embedding:frosen", {}, /--parameter-groups/],
])("%s is refused", (groups, more, message) => {
  const flags = { ...small, ...more, "parameter-groups": groups };
  expect(() => resolveExperiment({ preset: "mlp", flags })).toThrow(message);
});
