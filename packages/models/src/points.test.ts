import "@tensorflow/tfjs-backend-cpu";
import { linear, registerStockGradients, softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import {
  defineNetwork,
  forward,
  hiddenActivations,
  initialise,
  type ModelConfig,
  mlp,
  mlx,
  nanda,
  networkOf,
  orderParameters,
  type PointHook,
  type PointHooks,
  type PointName,
  points,
  quadratic,
} from "./index";

const size = 6;
const batchOf = (config: ModelConfig) =>
  config.kind === "mlp"
    ? {
        tokens: Int32Array.from({ length: size * 2 }, (_, i) =>
          config.input.kind === "one-hot" ? (i % 2) * 7 + ((i * 3) % 7) : (i * 3) % 7,
        ),
        size,
        length: 2,
        answerPositions: [1],
      }
    : {
        tokens: Int32Array.from({ length: size * 3 }, (_, i) => (i % 3 === 2 ? 7 : (i * 5) % 7)),
        size,
        length: 3,
        answerPositions: [2],
      };

const configs: [string, ModelConfig][] = [
  ["nanda", nanda(7, { dModel: 12 })],
  ["mlx of two heads", mlx(7, { dModel: 12, heads: 2, context: 3 })],
  ["mlp", mlp(7, { width: 10 })],
  ["order-parameters", orderParameters(7, { width: 10, alpha: 0.25 })],
  ["quadratic", quadratic(7, { width: 10 })],
];

function run(config: ModelConfig, hooks?: PointHooks): Float32Array {
  const parameters = initialise(config, 3);
  const logits = forward(
    config,
    parameters,
    batchOf(config),
    hooks && { at: hooks as PointHooks<PointName> },
  );
  const values = logits.dataSync() as Float32Array;
  tf.dispose([logits, parameters]);
  return values;
}

const distance = (a: Float32Array, b: Float32Array) =>
  Math.max(...a.map((x, i) => Math.abs(x - (b[i] as number))));

describe.each(configs)("points of %s", (_, config) => {
  const names = points(config).map(({ name }) => name);

  beforeAll(registerStockGradients);

  it("leave the logits as they are if each is only looked at", () => {
    const seen: string[] = [];
    const hooks = Object.fromEntries(
      names.map((name): [string, PointHook] => [name, () => void seen.push(name)]),
    );
    expect(distance(run(config, hooks), run(config))).toBeLessThan(2e-6);
    expect(seen).toEqual(names);
  });

  it("change the logits if what they hold is replaced", () => {
    const plain = run(config);
    for (const name of names) {
      // A softmax ignores what is the same for all keys, so what is added differs from number to number.
      const wave: PointHook = (x) => tf.add(x, tf.reshape(tf.sin(tf.range(0, x.size, 1)), x.shape));
      expect(distance(run(config, { [name]: wave }), plain), name).toBeGreaterThan(1e-5);
    }
  });

  it("let gradients through, to themselves and to the parameters", () => {
    const parameters = initialise(config, 3);
    const labels = tf.tensor1d([0, 1, 2, 3, 4, 5], "int32"); // [size]
    const shapes: Record<string, number[]> = {};
    const look =
      (name: string): PointHook =>
      (x) =>
        void (shapes[name] = x.shape);
    forward(config, parameters, batchOf(config), {
      at: Object.fromEntries(names.map((name) => [name, look(name)])),
    }).dispose();
    for (const name of names) {
      const loss = (delta: tf.Tensor) =>
        softmaxCrossEntropy(
          forward(config, parameters, batchOf(config), {
            at: { [name]: (x: tf.Tensor) => tf.add(x, delta) },
          }),
          labels,
        ).loss;
      const shape = shapes[name] as number[];
      const delta = tf.zeros(shape);
      const { gradients } = valueAndGradients(
        { delta, ...parameters },
        () => ({ loss: loss(delta) }),
        {
          allowUnused: true,
        },
      );
      // Along a direction drawn once, the gradient is what finite differences say.
      const direction = tf.randomNormal(shape, 0, 1, "float32", 5);
      const step = 3e-4;
      const [up, down] = [step, -step].map(
        (h) => loss(tf.mul(direction, h)).dataSync()[0] as number,
      );
      const slope = ((up as number) - (down as number)) / (2 * step);
      const product = tf
        .sum(tf.mul(gradients.delta as tf.Tensor, direction))
        .dataSync()[0] as number;
      expect(Math.abs(product - slope), `${name}: ${product}, ${slope}`).toBeLessThan(
        5e-3 * Math.max(1, Math.abs(slope)),
      );
    }
  });

  it("are shown by any plan to hooks that treat all rows alike", () => {
    const network = networkOf(config);
    const parameters = network.initialise(3);
    const name = config.kind === "mlp" ? "layers.0.hidden" : "layers.0.feedForward.hidden";
    const half: PointHook = (x) => tf.mul(x, 0.5);
    const shared = network.forward(parameters, network.plan(batchOf(config)), {
      at: { [name]: half },
      sharedRows: true,
    });
    const values = shared.dataSync() as Float32Array;
    expect(distance(values, run(config, { [name]: half }))).toBeLessThan(2e-6);
  });

  it("refuse names that there are not and tensors of another shape", () => {
    expect(() => run(config, { "layers.9.hidden": () => {} })).toThrow(
      "there is no point layers.9.hidden: the network has ",
    );
    expect(() => run(config, { logits: () => tf.zeros([1]) })).toThrow(
      /the hook at logits gave a tensor of shape \[1\]: it must be \[6, 1, \d\]/,
    );
  });
});

describe("points of plans that share rows", () => {
  const config = mlx(7, { dModel: 12, context: 3 });
  const network = networkOf(config);

  it("are refused, with the remedy", () => {
    const parameters = network.initialise(0);
    const plan = network.plan(batchOf(config));
    expect(() => network.forward(parameters, plan, { at: { tokenEmbedding: () => {} } })).toThrow(
      "this plan shares rows between sequences, so tokenEmbedding cannot be shown by example and position: make it with { points: true }",
    );
    expect(() =>
      network.forward(parameters, plan, {
        at: { "layers.0.attention.pattern": () => {} },
        sharedRows: true,
      }),
    ).toThrow("layers.0.attention.pattern is between positions, which shared rows do not have");
  });

  it("go together with the last hidden activations", () => {
    const parameters = network.initialise(0);
    const plan = network.plan(batchOf(config), { points: true });
    let told: number[] = [];
    network.forward(parameters, plan, {
      at: { "layers.1.feedForward.hidden": (x) => tf.zerosLike(x) },
      onHidden: (hidden) => {
        told = [...hidden.shape, tf.sum(tf.abs(hidden)).dataSync()[0] as number];
      },
    });
    const { hidden } = hiddenActivations(network, parameters, network.plan(batchOf(config)));
    expect(told).toEqual([...hidden.shape, 0]);
  });
});

describe("points of a defined network", () => {
  const network = defineNetwork({
    parameters: { table: { shape: [7, 4], role: "embedding" }, out: { shape: [8, 7] } },
    points: { pair: ["example", "feature"] },
    forward: ({ table, out }, { tokens, size: examples }, { point }) => {
      const pair = tf.reshape(tf.gather(table, tokens), [examples, 8]); // [size, 8]
      return linear(point("pair", pair), out); // [size, 7]
    },
  });
  const batch = batchOf(mlp(7));

  it("are those that it declares, and the logits", () => {
    expect(network.points.map(({ name }) => name)).toEqual(["pair", "logits"]);
    const parameters = network.initialise(0);
    const zeroed = network.forward(parameters, network.plan(batch, { points: true }), {
      at: { pair: (x) => tf.zerosLike(x) },
    });
    expect(Math.max(...zeroed.dataSync())).toBe(0);
  });

  it("are refused in its forward pass if it does not declare them", () => {
    const odd = defineNetwork({
      parameters: { out: { shape: [7] } },
      forward: ({ out }, { size: examples }, { point }) =>
        tf.tile(tf.expandDims(point("rows", out)), [examples, 1]),
    });
    expect(() => odd.forward(odd.initialise(0), odd.plan(batch))).toThrow(
      "there is no point rows: the network has logits",
    );
  });
});
