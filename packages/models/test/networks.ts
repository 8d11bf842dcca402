import { RandomSource } from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";
import {
  addition777,
  danielmamay,
  grokfast,
  type ModelConfig,
  mlp,
  mlx,
  mlxSwiglu,
  mlxUngated,
  nanda,
  openai,
  orderParameters,
  type Parameters,
  parameterShapes,
  power,
  prieto,
  type TokenBatch,
  tinyModular,
} from "../src/index";

/** A network, small, and a batch for it in which prefixes and whole sequences repeat. */
export interface Case {
  name: string;
  config: ModelConfig;
  batch: TokenBatch;
  labels: Int32Array;
}

/** Every architecture at a small width, and what only more layers or other batches show. */
export const cases: Case[] = [
  make("mlx", mlx(7, { dModel: 12 }), 4, [3]),
  make("mlx, 2 heads", mlx(7, { dModel: 12, heads: 2 }), 4, [3]),
  make("mlx, 3 layers", mlx(7, { dModel: 8, heads: 2, layers: 3 }), 4, [3]),
  make("mlx-ungated", mlxUngated(7, { dModel: 12 }), 4, [3]),
  make("mlx-swiglu", mlxSwiglu(7, { dModel: 12 }), 4, [3]),
  make("power", power(7, { dModel: 12 }), 5, [3]),
  make("openai", openai(7, { dModel: 12 }), 6, [4, 5]),
  make("danielmamay", danielmamay(7, { dModel: 12 }), 4, [3]),
  make("grokfast", grokfast(7, { dModel: 12 }), 4, [3]),
  make("grokfast, output scale", grokfast(7, { dModel: 12, outputScale: 3 }), 4, [3]),
  make("nanda", nanda(7, { dModel: 12 }), 3, [2]),
  make("nanda, wide heads", nanda(7, { dModel: 12, heads: 2, headWidth: 10 }), 3, [2]),
  make("mlx, attention rate .3", mlx(7, { dModel: 12, attentionRate: 0.3 }), 4, [3]),
  make("power, attention rate 0", power(7, { dModel: 12, attentionRate: 0 }), 5, [3]),
  make("addition-777", addition777(), 11, [6, 7, 8, 9, 10]),
  make("addition, 2 layers", addition777({ layers: 2 }), 11, [6, 7, 8, 9, 10]),
  make("tiny-modular", tinyModular(7), 5, [3]),
  make("mlp", mlp(7, { width: 12, input: { kind: "embedding", width: 6 } }), 2, [1]),
  make("mlp, alpha .3", mlp(7, { width: 12, alpha: 0.3 }), 2, [1]),
  make("mlp, squares", mlp(7, { width: 12, activation: "square" }), 2, [1]),
  make("prieto, tanh", prieto(4, { width: 12, activation: "tanh" }), 2, [1]),
  make("mlp, linear", mlp(7, { width: 12, activation: "none" }), 2, [1]),
  make("mlp, one layer", mlp(7, { depth: 1 }), 2, [1]),
  make("order-parameters", orderParameters(4, { width: 12 }), 2, [1]),
  make("order-parameters, alpha .3", orderParameters(4, { width: 12, alpha: 0.3 }), 2, [1]),
  make("prieto", prieto(4, { width: 12 }), 2, [1]),
  make("mlp, output scale", mlp(7, { width: 12, outputScale: 0.5 }), 2, [1]),
];

function make(name: string, config: ModelConfig, length: number, answerPositions: number[]): Case {
  const source = new RandomSource(seedOf(name));
  const size = 24;
  const few = Array.from({ length: 3 }, () => source.integers(length, config.vocabulary));
  const tokens = Int32Array.from(
    { length: size * length },
    (_, i) => source.pick(few)[i % length] as number,
  );
  tokens.copyWithin(length, 0, length);
  const answers = config.kind === "mlp" ? size : size * answerPositions.length;
  const labels = source.integers(answers, config.classes);
  return { name, config, batch: { tokens, size, length, answerPositions }, labels };
}

function seedOf(name: string): number {
  return new TextEncoder().encode(name).reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 7);
}

/** Parameters of ordinary size, biases and gains included, so that no path is trivial. */
export function someParameters(config: ModelConfig, seed = 1): Parameters {
  const source = new RandomSource(seed);
  return Object.fromEntries(
    Object.entries(parameterShapes(config)).map(([name, shape]) => {
      const normals = source.normals(shape.reduce((product, side) => product * side, 1));
      const [centre, scale] = name.endsWith("gain")
        ? [1, 0.2]
        : [0, shape.length === 1 ? 0.2 : 1 / Math.sqrt(shape[0] as number)];
      const table = name.toLowerCase().includes("embedding") && !name.startsWith("un");
      const values = normals.map((z) => centre + (table ? 0.7 : scale) * z);
      return [name, tf.keep(tf.tensor(values, shape))];
    }),
  );
}
