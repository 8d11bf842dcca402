// An optimizer of one's own: each weight goes by the sign of its gradient's running mean, and decays.
import { useBackend } from "@grok/backend";
import { type Batch, binaryTask, trainingData } from "@grok/data";
import { forward, initialise, mlp } from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { chain, clip, type Optimizer } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

function signDescent({ learningRate = 1e-3, decay = 1, beta = 0.9 }): Optimizer {
  return {
    initialise: (parameters) =>
      Object.fromEntries(
        Object.entries(parameters).map(([name, w]) => [`mean.${name}`, tf.keep(tf.zerosLike(w))]),
      ),
    step(parameters, gradients, state) {
      for (const [name, w] of Object.entries(parameters)) {
        const mean = state[`mean.${name}`] as tf.Tensor;
        const gradient = gradients[name] as tf.Tensor;
        const [nextMean, nextW] = tf.tidy(() => {
          const m = tf.add(tf.mul(mean, beta), tf.mul(gradient, 1 - beta));
          const kept = tf.mul(w, 1 - learningRate * decay);
          return [m, tf.sub(kept, tf.mul(tf.sign(m), learningRate))] as const;
        });
        tf.dispose([mean, w]);
        state[`mean.${name}`] = tf.keep(nextMean);
        parameters[name] = tf.keep(nextW);
      }
    },
  };
}

await useBackend("auto", { threads: 1 });
const task = binaryTask({ operation: "+", p: 23, layout: "pair" });
const data = trainingData(task, { seed: 0, trainFraction: 0.7, mode: "full" });
const config = mlp(23);
const parameters = initialise(config, 0);
const optimizer = chain(clip({ maxNorm: 1 }), signDescent({ decay: 3 }));
const state = optimizer.initialise(parameters);
const answer = (batch: Batch) => {
  const logits = forward(config, parameters, { ...task, ...batch }); // [size, p]
  return softmaxCrossEntropy(logits, tf.tensor1d(batch.labels, "int32"));
};
for (let step = 0; step < 1200; step++) {
  const { gradients, value } = valueAndGradients(parameters, () => answer(data.batch(step)));
  optimizer.step(parameters, gradients, state, step);
  tf.dispose([gradients, value]);
}
const { correct } = tf.tidy(() => answer(data.validationSet));
const [right = 0] = await correct.data();
console.log(`${right} of ${data.validationSet.size} right`);
console.log(right > 0.9 * data.validationSet.size); // true
