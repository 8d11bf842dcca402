import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { cases } from "../../test/networks";
import { forward, initialise, type ModelConfig, mlp, mlx, nanda, orderParameters } from "../index";
import { networkOf } from "./network-of";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test.each(cases)(
  "$name: its network gives the same bytes as functions of its config",
  ({ config, batch }) => {
    const network = networkOf(config);
    const ours = network.initialise(3);
    const theirs = initialise(config, 3);
    for (const { name } of network.parameters) {
      expect(ours[name]?.dataSync()).toEqual(theirs[name]?.dataSync());
    }
    const logits = network.forward(ours, network.plan(batch));
    expect(logits.dataSync()).toEqual(forward(config, theirs, batch).dataSync());
    expect(logits.shape[0]).toBe(network.answerCount(batch));
  },
);

test("an anatomy names parameters that exist, and their product maps neurons to logits", () => {
  for (const { config } of cases) {
    const { anatomy, parameters } = networkOf(config);
    const shapes = new Map(parameters.map(({ name, shape }) => [name, shape]));
    expect(shapes.has(anatomy.embedding?.parameter as string)).toBe(true);
    let features: number | undefined;
    for (const { parameter, transpose, gain } of anatomy.neuronsToLogits ?? []) {
      const shape = shapes.get(parameter) as number[];
      if (gain) {
        expect(shape).toEqual([features]);
        continue;
      }
      const [from, to] = transpose ? [shape[1], shape[0]] : shape;
      if (features !== undefined) expect(from).toBe(features);
      features = to;
    }
    expect(features).toBe(config.classes);
  }
});

test("attention and dropout are said by the network", () => {
  expect(networkOf(nanda()).anatomy.attention).toEqual({ layers: 1, heads: 4 });
  expect(networkOf(nanda()).anatomy.mlp).toBeNull();
  expect("attention" in networkOf(mlp())).toBe(false);
  expect(networkOf(mlx(97, { dropout: 0.1 })).hasDropout).toBe(true);
  expect(networkOf(orderParameters()).anatomy.embedding).toEqual({
    parameter: "layers.0.weight",
    blocks: 2,
  });
  expect(() => networkOf({ kind: "toString" } as unknown as ModelConfig)).toThrow(
    'config.kind is "toString": allowed are transformer and mlp',
  );
});

test("a plan of another kind of network is refused", () => {
  const network = networkOf(mlp(7));
  const plan = networkOf(nanda(7)).plan({
    tokens: Int32Array.of(1, 2, 7),
    size: 1,
    length: 3,
    answerPositions: [2],
  });
  expect(() => network.forward({}, plan)).toThrow(
    "a plan for a network of kind transformer cannot run a mlp",
  );
});
