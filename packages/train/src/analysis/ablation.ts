import { type Subject, survey } from "@grok/inspect";
import type { CheckpointAnalysis } from "./record";
import { short } from "./spectra";

/** A network without each of its heads and key frequencies, one at a time and together. */
export async function ablationOf(
  subject: Subject,
  frequencies: readonly number[],
): Promise<
  Pick<
    CheckpointAnalysis,
    "ablation_parts" | "ablation_accuracy" | "ablation_val_acc" | "ablation_loss"
  >
> {
  const rows = await survey(subject, { frequencies });
  const column = (key: "accuracy" | "val_acc" | "loss") =>
    short(rows.map(({ score }) => score[key] ?? Number.NaN));
  const hasValidation = rows.every(({ score }) => score.val_acc !== null);
  const hasLoss = rows.every(({ score }) => score.loss !== null);
  return {
    ablation_parts: rows.map(({ name }) => name),
    ablation_accuracy: column("accuracy"),
    ...(hasValidation ? { ablation_val_acc: column("val_acc") } : {}),
    ...(hasLoss ? { ablation_loss: column("loss") } : {}),
  };
}
