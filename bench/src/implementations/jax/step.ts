import type { MlpConfig } from "@grok/models";
import { type JsTree, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import type { Fixture } from "../../fixture.ts";

/** Arrays by parameter. A function takes over the arrays that it is given; `ref` keeps one. */
export type Arrays = Record<string, np.Array>;

/** Logits, [size, classes], of ids [size, slots]; takes over its arguments. */
function logitsOf(
  { input, depth, vocabulary }: MlpConfig,
  weights: Arrays,
  ids: np.Array,
): np.Array {
  if (input.kind !== "embedding") throw new RangeError("one-hot inputs are not written here");
  const take = (name: string) => weights[name] as np.Array;
  const [size, slots] = ids.shape as [number, number];
  // The gradient of `np.take` does not compile under jit, so rows are looked up by a product.
  const hot = nn.oneHot(ids, vocabulary).reshape([size * slots, vocabulary]);
  let x = np.matmul(hot, take("embedding")).reshape([size, slots * input.width]);
  for (let layer = 0; layer < depth; layer++) {
    x = np.matmul(x, take(`layers.${layer}.weight`)).add(take(`layers.${layer}.bias`));
    if (layer < depth - 1) x = nn.relu(x); // [size, width]
  }
  return x;
}

function lossOf(config: MlpConfig, weights: Arrays, ids: np.Array, labels: np.Array): np.Array {
  const scores = nn.logSoftmax(logitsOf(config, weights, ids), -1); // [size, classes]
  return scores.mul(nn.oneHot(labels, config.classes)).sum(-1).mean().mul(-1);
}

export function mapArrays(
  arrays: Arrays,
  map: (name: string, array: np.Array) => np.Array,
): Arrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => [name, map(name, array)]),
  );
}

/** The training step: what it returns takes the place of what it is given. */
export function makeStep({ model, optimizer }: Fixture) {
  if (model.kind !== "mlp" || model.activation !== "relu" || model.alpha !== 0) {
    throw new RangeError("of the networks only MLPs with relu are written here");
  }
  if (optimizer.kind !== "adamw" || optimizer.biasCorrection === false) {
    throw new RangeError("of the optimizers only AdamW with bias correction is written here");
  }
  const { beta1 = 0.9, beta2 = 0.999, eps = 1e-8, decay } = optimizer;
  return jit(
    (
      weights: Arrays,
      m: Arrays,
      v: Arrays,
      ids: np.Array,
      labels: np.Array,
      rate: np.Array,
      correction1: np.Array,
      correction2: np.Array,
    ): JsTree<np.Array> => {
      const [loss, gradients] = valueAndGrad((w: Arrays) => lossOf(model, w, ids, labels))(
        mapArrays(weights, (_, w) => w.ref),
      ) as [np.Array, Arrays];
      const g = (name: string) => (gradients[name] as np.Array).ref;
      const m1 = mapArrays(m, (name, old) => old.mul(beta1).add(g(name).mul(1 - beta1)));
      const v1 = mapArrays(v, (name, old) => old.mul(beta2).add(np.square(g(name)).mul(1 - beta2)));
      const w1 = mapArrays(weights, (name, w) => {
        const mean = (m1[name] as np.Array).ref.div(correction1.ref);
        const size = np.sqrt((v1[name] as np.Array).ref.div(correction2.ref)).add(eps);
        const decayed = w.ref.sub(w.mul(rate.ref.mul(decay?.rate ?? 0.01)));
        return decayed.sub(mean.div(size).mul(rate.ref));
      });
      for (const gradient of Object.values(gradients)) gradient.dispose();
      for (const array of [rate, correction1, correction2]) array.dispose();
      return [w1, m1, v1, loss];
    },
  );
}
