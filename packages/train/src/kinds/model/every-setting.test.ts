import type { MlpConfig, TransformerConfig } from "@grok/models";
import { expect, test } from "vitest";
import { modelOf, resolveExperiment } from "../../index";

/** The places of a config's values: `norm.kind`, `biases.attention`, … */
type Leaf<T> = T extends object
  ? {
      [K in keyof T & string]-?: NonNullable<T[K]> extends object
        ? `${K}.${Leaf<NonNullable<T[K]>>}`
        : K;
    }[keyof T & string]
  : never;

/** What follows from the task. */
type OfTask = "kind" | "vocabulary" | "classes" | "slots";

/** Flags that set a place, and what it then is. */
type Setting = [flags: Record<string, unknown>, value: unknown];

/** A place without an entry does not compile. */
const transformer: Record<
  Exclude<Leaf<TransformerConfig>, OfTask | "initStds.gain" | "initStds.normBias">,
  Setting
> = {
  dModel: [{ dModel: 64 }, 64],
  heads: [{ nHeads: 4 }, 4],
  headWidth: [{ headWidth: 20 }, 20],
  attentionRate: [{ attentionRate: 0.25 }, 0.25],
  layers: [{ nLayers: 3 }, 3],
  context: [{ context: 9 }, 9],
  "norm.kind": [{ norm: "layer" }, "layer"],
  "norm.position": [{ normPosition: "post" }, "post"],
  "norm.eps": [{ normEps: 0.01 }, 0.01],
  "norm.bias": [{ norm: "layer", normBias: true }, true],
  finalNorm: [{ finalNorm: false }, false],
  "positions.kind": [{ positions: "learned" }, "learned"],
  "positions.base": [{ rotaryBase: 100 }, 100],
  "feedForward.hidden": [{ ffnHidden: 17 }, 17],
  "feedForward.activation": [{ activation: "square", gated: false }, "square"],
  "feedForward.gated": [{ gated: false }, false],
  "biases.attention": [{ attentionBias: true }, true],
  "biases.feedForward": [{ ffnBias: true }, true],
  "biases.head": [{ headBias: true }, true],
  tiedHead: [{ tiedHead: true }, true],
  dropout: [{ dropout: 0.1 }, 0.1],
  initialisation: [{ initialisation: "flax" }, "flax"],
  "initStds.embedding": [{ embeddingDeviation: 0.5 }, 0.5],
  "initStds.positions": [{ positionDeviation: 0.5 }, 0.5],
  "initStds.projection": [{ projectionDeviation: 0.5 }, 0.5],
  "initStds.attentionBias": [{ attentionBiasDeviation: 0.5 }, 0.5],
  "initStds.weight": [{ weightDeviation: 0.5 }, 0.5],
  "initStds.bias": [{ biasDeviation: 0 }, 0],
  "initStds.unembedding": [{ unembeddingDeviation: 0.5 }, 0.5],
  initialScale: [{ initScale: 8 }, 8],
  outputScale: [{ outputScale: 3 }, 3],
};

const mlp: Record<
  Exclude<
    Leaf<MlpConfig>,
    | OfTask
    | "initStds.gain"
    | "initStds.normBias"
    | "initStds.positions"
    | "initStds.projection"
    | "initStds.attentionBias"
    | "initStds.unembedding"
  >,
  Setting
> = {
  "input.kind": [{ input: "one-hot" }, "one-hot"],
  "input.width": [{ embedDim: 20 }, 20],
  width: [{ width: 33 }, 33],
  depth: [{ depth: 4 }, 4],
  activation: [{ activation: "none" }, "none"],
  alpha: [{ alpha: 0.5 }, 0.5],
  initialisation: [{ initialisation: "nanda" }, "nanda"],
  biases: [{ biases: false }, false],
  "initStds.embedding": [{ embeddingDeviation: 0.5 }, 0.5],
  "initStds.weight": [{ weightDeviation: 0.5 }, 0.5],
  "initStds.bias": [{ biasDeviation: 0 }, 0],
  initialScale: [{ initScale: 8 }, 8],
  outputScale: [{ outputScale: 3 }, 3],
};

test.each([
  ["mlx", transformer],
  ["mlp", mlp],
] as const)("flags reach every setting of the network of %s", (preset, settings) => {
  for (const [path, [flags, value]] of Object.entries<Setting>(settings)) {
    const config = modelOf(resolveExperiment({ preset, flags: { p: 11, ...flags } }));
    const found = path
      .split(".")
      .reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], config);
    expect([path, found]).toEqual([path, value]);
  }
});

test("a network without an embedding cannot be asked for one", () => {
  expect(() => resolveExperiment({ flags: { model: "prieto", input: "embedding" } })).toThrow(
    "The network cannot be built: Model prieto has no embed-dim, so its input cannot be embedding; it can be one-hot, and model mlp embeds.",
  );
});
