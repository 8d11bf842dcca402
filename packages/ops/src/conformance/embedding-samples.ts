import type { ActivationKind } from "../activation/activation-kind";
import { embedding } from "../embedding/embedding";
import { embeddingSum } from "../embedding/embedding-sum";
import { embeddingTables } from "../embedding/embedding-tables";
import { ids, normal } from "./sample-data";
import { get, maybeBias, type Sampler, sizes } from "./sampler";

export const sampleEmbedding: Sampler = (random) => {
  const [rows, width, n] = [random.pick(sizes), random.pick(sizes), random.integer(1, 70)];
  return {
    label: `[${rows}, ${width}] n ${n}`,
    inputs: { table: normal(random, rows, width), ids: ids(random, rows, n) },
    differentiable: ["table"],
    run: (t) => [embedding(get(t, "table"), get(t, "ids"))],
  };
};

export const sampleEmbeddingTables: Sampler = (random) => {
  const [p, d, h, slots] = [
    random.pick(sizes),
    random.pick(sizes),
    random.pick(sizes),
    random.integer(1, 3),
  ];
  return {
    label: `p ${p} d ${d} h ${h} slots ${slots}`,
    inputs: { embedding: normal(random, p, d), weight: normal(random, slots * d, h) },
    differentiable: ["embedding", "weight"],
    run: (t) => [embeddingTables(get(t, "embedding"), get(t, "weight"))],
  };
};

export const sampleEmbeddingSum: Sampler = (random) => {
  const [rows, h, slots, n] = [
    random.pick(sizes),
    random.pick(sizes),
    random.integer(1, 3),
    random.integer(1, 70),
  ];
  const activation: ActivationKind = random.pick(["none", "gelu", "silu"]);
  const factor = random.pick([1, 0.25]);
  const bias = maybeBias(random, h);
  return {
    label: `[${rows}, ${h}] n ${n} slots ${slots} ${activation} scale ${factor} ${Object.keys(bias).join()}`,
    inputs: { table: normal(random, rows, h), ids: ids(random, rows, n, slots), ...bias },
    differentiable: ["table", ...Object.keys(bias)],
    run: (t) => [
      embeddingSum(get(t, "table"), get(t, "ids"), t.bias, { activation, scale: factor }),
    ],
  };
};
