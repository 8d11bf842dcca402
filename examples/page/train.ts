// Trains in a worker of the page: an MLP on addition mod 11.
import { useBackend } from "@grok/backend";
import { resolveExperiment, train } from "@grok/train";

const { name, threads } = await useBackend("auto");
postMessage(`backend ${name}, threads ${threads}`);
const flags = { p: 11, width: 32, steps: 200 };
for await (const event of train(resolveExperiment({ preset: "mlp", flags }))) {
  if (event.type === "evaluation") postMessage(`${event.record.step}: ${event.record.val_acc}`);
  if (event.type === "end") postMessage(event.summary.status);
}
