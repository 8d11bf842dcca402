import type {
  MlpConfig,
  ModelConfig,
  ModelPlan,
  TransformerConfig,
  TransformerPlan,
} from "@grok/models";

/** op(a)·op(b) of `[m, k]` and `[k, n]`. */
export interface Product {
  m: number;
  k: number;
  n: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** A product that occurs this many times in a step. */
export interface CountedProduct extends Product {
  count: number;
}

/**
 * The arithmetic of a training step, forward and backward. Norms, activations, the softmax and the
 * optimizer's update are left out: they are some operations per number, not per pair of numbers.
 */
export interface Work {
  products: Product[];
  /** Multiply-adds of attention's scores and sums. */
  attention: number;
  /** Additions of rows of tables. */
  additions: number;
}

/** Floating-point operations: two per multiply-add. */
export function operations({ products, attention, additions }: Work): number {
  return 2 * (sum(products.map(multiplyAdds)) + attention) + additions;
}

/** The different products of a list, and how often each occurs. */
export function distinctProducts(products: readonly Product[]): CountedProduct[] {
  const counted = new Map<string, CountedProduct>();
  for (const product of products) {
    const key = JSON.stringify(product);
    const count = (counted.get(key)?.count ?? 0) + 1;
    counted.set(key, { ...product, count });
  }
  return [...counted.values()];
}

/** Multiply-adds of a product. */
export function multiplyAdds({ m, k, n }: Product): number {
  return m * k * n;
}

/** What our step computes, from the rows that its plan has. */
export function plannedWork(config: ModelConfig, plan: ModelPlan): Work {
  if (config.kind === "transformer" && plan.kind === "transformer") {
    return plannedTransformer(config, plan);
  }
  if (config.kind === "mlp" && plan.kind === "mlp") {
    const { ids, outputs, firstLayer } = plan;
    return firstLayer === "tables"
      ? tabledMlp(config, outputs, ids.length)
      : wholeMlp(config, outputs);
  }
  throw new RangeError(`a plan for a network of kind ${plan.kind} is not one for ${config.kind}`);
}

/**
 * What a step computes that works on whole sequences, as is usual: every layer at every position of
 * every example, attention with all pairs of positions, and logits where answers are read.
 */
export function wholeWork(
  config: ModelConfig,
  {
    size,
    length,
    answerPositions,
  }: { size: number; length: number; answerPositions: readonly number[] },
): Work {
  if (config.kind === "mlp") return wholeMlp(config, size);
  const rows = size * length;
  const block = [
    ...times(4, () => linear(rows, config.dModel, config.dModel)),
    ...feedForward(config, rows),
  ];
  return {
    products: [
      ...times(config.layers, () => block),
      ...head(config, size * answerPositions.length),
    ],
    attention: config.layers * attention(config, rows * length),
    additions: 0,
  };
}

function plannedTransformer(config: TransformerConfig, plan: TransformerPlan): Work {
  const { dModel } = config;
  const products: Product[] = [];
  let pairs = 0;
  let below = plan.inputRows;
  for (const layer of plan.layers) {
    products.push(
      ...linear(layer.queryRows?.length ?? below, dModel, dModel),
      ...times(2, () => linear(below, dModel, dModel)),
      ...linear(layer.rows, dModel, dModel),
      ...feedForward(config, layer.rows),
    );
    // A query is its row, its list of keys, and how many of these it takes.
    for (let i = 2; i < layer.queries.length; i += 3) pairs += layer.queries[i] ?? 0;
    below = layer.rows;
  }
  products.push(...head(config, below));
  return { products, attention: attention(config, pairs), additions: 0 };
}

function feedForward({ dModel, feedForward: { hidden, gated } }: TransformerConfig, rows: number) {
  const into = times(gated ? 2 : 1, () => linear(rows, dModel, hidden));
  return [...into, ...linear(rows, hidden, dModel)];
}

function head({ dModel, classes, tiedHead }: TransformerConfig, rows: number): Product[] {
  return linear(rows, dModel, classes, { stored: tiedHead ? "transposed" : "straight" });
}

/** Two products per pair forward, four backward. */
function attention({ dModel }: TransformerConfig, pairs: number): number {
  return 6 * pairs * dModel;
}

function tabledMlp(config: MlpConfig, examples: number, ids: number): Work {
  const { input, vocabulary, slots, width } = config;
  const tables =
    input.kind === "one-hot" ? [] : times(slots, () => linear(vocabulary, input.width, width));
  return {
    products: [...tables, ...laterLayers(config, examples)],
    attention: 0,
    // A row per id, forward and backward.
    additions: 2 * ids * width,
  };
}

function wholeMlp(config: MlpConfig, examples: number): Work {
  const { input, vocabulary, slots, width } = config;
  // Nothing is learned about one-hot inputs, so they need no gradient.
  const first =
    input.kind === "one-hot"
      ? linear(examples, vocabulary, width).filter(({ transposeB }) => !transposeB)
      : linear(examples, slots * input.width, width);
  return { products: [...first, ...laterLayers(config, examples)], attention: 0, additions: 0 };
}

function laterLayers({ depth, width, classes }: MlpConfig, examples: number): Product[] {
  return [
    ...times(depth - 2, () => linear(examples, width, width)),
    ...linear(examples, width, classes),
  ];
}

/** The products of a linear map: its outputs, its inputs' gradient, its weight's gradient. */
function linear(
  rows: number,
  inputs: number,
  outputs: number,
  { stored }: { stored: "straight" | "transposed" } = { stored: "straight" },
): Product[] {
  const straight = stored === "straight";
  const [dRows, dColumns] = straight ? [inputs, outputs] : [outputs, inputs];
  return [
    { m: rows, k: inputs, n: outputs, transposeA: false, transposeB: !straight },
    { m: rows, k: outputs, n: inputs, transposeA: false, transposeB: straight },
    { m: dRows, k: rows, n: dColumns, transposeA: true, transposeB: false },
  ];
}

function times<T>(count: number, make: () => T[]): T[] {
  return Array.from({ length: count }, make).flat();
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
