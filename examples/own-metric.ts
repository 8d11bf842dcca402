// A metric of one's own, as a column of the run's records: how alike the numbers' embeddings are,
// by the mean cosine of any two.
import { useBackend } from "@grok/backend";
import { resolveExperiment, train } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";

await useBackend("auto", { threads: 1 });
const experiment = resolveExperiment({
  preset: "mlp",
  flags: {
    p: 23,
    steps: 600,
    "eval-every": 200,
    "weight-decay": 3,
    lr: 3e-3,
    "train-fraction": 0.7,
  },
});

async function measure({ embedding }: Readonly<Record<string, tf.Tensor>>) {
  const mean = tf.tidy(() => {
    const lengths = tf.norm(embedding as tf.Tensor, 2, 1, true); // [p, 1]
    const rows = tf.div(embedding as tf.Tensor, lengths); // [p, d]
    return tf.mean(tf.matMul(rows, rows, false, true)); // over [p, p], the diagonal's ones too
  });
  const [mean_cosine = Number.NaN] = await mean.data();
  mean.dispose();
  return { mean_cosine };
}

for await (const event of train(experiment, { measure })) {
  if (event.type !== "evaluation") continue;
  const { step, val_acc, mean_cosine } = event.record;
  console.log(`step ${step}: val_acc ${val_acc}, mean cosine ${mean_cosine}`);
}
