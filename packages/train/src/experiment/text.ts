import { findOperation } from "@grok/data";
import { taskOf } from "./build";
import type { Experiment } from "./experiment";

/** What is learned, in a few words: `a/b mod 97`. */
export function taskText(experiment: Pick<Experiment, "task" | "model">): string {
  const { task } = experiment;
  if (task.kind === "parity") return `parity of ${task.relevant} of ${task.bits} bits`;
  if (!("op" in task)) return taskOf(experiment).name;
  const [what = ""] = findOperation(task.op).description.split(", that is");
  return task.kind === "modular" ? what.replaceAll("mod p", `mod ${task.p}`) : what;
}

const optimizers: Record<Experiment["optimizer"]["kind"], string> = {
  adamw: "AdamW",
  adam: "Adam",
  sgd: "SGD",
  lion: "Lion",
  muon: "Muon",
};

/** The optimizer, in a few words: `AdamW, lr 0.001, weight decay 1`. */
export function optimizerText({ optimizer }: Pick<Experiment, "optimizer">): string {
  const { kind, lr, weightDecay, grokfast, orthograd } = optimizer;
  const parts = [optimizers[kind], `lr ${lr}`, `weight decay ${weightDecay}`];
  if (grokfast.kind !== "none") parts.push(`Grokfast ${grokfast.kind}`);
  if (orthograd) parts.push("⊥Grad");
  return parts.join(", ");
}
