// Trains in a worker of the page: an MLP on addition mod 11.
import { useBackend } from "@grok/backend";
import { resolveExperiment, train } from "@grok/train";

const { name, simd, threads } = await useBackend("auto");
postMessage(`backend ${name}, SIMD ${simd}, threads ${threads}`);
const flags = { p: 11, width: 32, steps: 200, evalEvery: 20 };
for await (const event of train(resolveExperiment({ preset: "mlp", flags }))) {
  if (event.type === "evaluation") {
    const { step, train_loss, val_loss, val_acc } = event.record;
    postMessage(`${step}: losses ${train_loss} and ${val_loss}, accuracy ${val_acc}`);
  }
  if (event.type === "end") {
    const { status, error } = event.summary;
    postMessage(error === undefined ? status : `${status}: ${error}`);
  }
}
