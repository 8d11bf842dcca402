import { attention, attentionWeights } from "../attention/attention";
import type { RandomSource } from "./random-source";
import type { Sample } from "./sample";
import { ids, normal } from "./sample-data";
import { get, type Sampler, sizes } from "./sampler";

export const sampleAttention: Sampler = (random) => {
  const heads = random.pick([1, 2, 4]);
  const rotaryBase = random.pick([0, 1e4, 1e6]);
  const headDim = rotaryBase > 0 ? random.pick([2, 6, 8, 32]) : random.pick([1, 3, 7, 8, 32]);
  const [n, depth] = [random.pick(sizes), random.pick([1, 2, 4, 5, 33])];
  // If there is only one key, the gradients of q and k are 0 except for rounding.
  const [nq, nk] = [random.integer(1, n + 2), random.integer(2, n * depth + 1)];
  const settings = { heads, headDim, rotaryBase };
  return attentionSample(random, {
    ...settings,
    n,
    depth,
    nq,
    nk,
    lists: random.integer(1, n),
    scale: 1,
  });
};

/**
 * Few rows, which many queries share, in narrow heads. Scores of float32 are off by their size times
 * 6e-8, and so are exponentials: larger ones are compared with a bound that allows for it.
 */
export const sampleNarrowAttention: Sampler = (random) => {
  const heads = random.pick([1, 1, 2, 3]);
  const headDim = random.pick([1, 2, 3, 4, 5, 7, 8, 11, 12, 14, 15]);
  const [depth, lists] = [random.pick([4, 7, 13]), random.integer(1, 20)];
  const n = random.integer(30, 90);
  const [nq, nk] = [random.integer(1, 4), random.integer(8, 21)];
  const scale = random.pick([1, 1, 2, 3]);
  return attentionSample(random, { heads, headDim, rotaryBase: 0, n, depth, nq, nk, lists, scale });
};

function attentionSample(
  random: RandomSource,
  sizes: Record<
    "heads" | "headDim" | "rotaryBase" | "n" | "depth" | "nq" | "nk" | "lists" | "scale",
    number
  >,
): Sample {
  const { heads, headDim, rotaryBase, n, depth, nq, nk, lists, scale: size } = sizes;
  const width = heads * headDim;
  const queries = ids(random, nq, n, 3);
  for (let i = 0; i < n; i++) {
    queries.values[3 * i + 1] = random.integer(0, lists - 1);
    queries.values[3 * i + 2] = random.integer(1, depth);
  }
  const q = normal(random, nq, width);
  return {
    label: JSON.stringify(sizes),
    inputs: {
      q: { ...q, values: q.values.map((x) => x * size) as Float32Array },
      k: normal(random, nk, width),
      v: normal(random, nk, width),
      queries,
      keyRows: ids(random, nk, lists, depth),
    },
    differentiable: ["q", "k", "v"],
    run: (t) => {
      const [q, k, v] = [get(t, "q"), get(t, "k"), get(t, "v")];
      const [queries, rows] = [get(t, "queries"), get(t, "keyRows")];
      return [
        attention(q, k, v, queries, rows, { heads, rotaryBase }),
        attentionWeights(q, k, queries, rows, { heads, rotaryBase }),
      ];
    },
  };
}
