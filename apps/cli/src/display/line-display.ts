import { scoreOf } from "@grok/metrics";
import type { EvaluationRecord } from "@grok/train";
import type { Output } from "../process-env";
import { count, duration, epochs, loss, percent } from "../quantity";
import type { Display } from "./display";
import { grokkedText, memorisedText, placeOf, type RunStatus } from "./run-status";

/** Shows a run if there is no terminal: a line per evaluation, and one per milestone. */
export class LineDisplay implements Display {
  readonly #output: Output;
  readonly #showsEvaluations: boolean;

  constructor(output: Output, { showsEvaluations = true } = {}) {
    this.#output = output;
    this.#showsEvaluations = showsEvaluations;
  }

  progress(): void {}

  evaluation(record: EvaluationRecord, runStatus: RunStatus): void {
    if (this.#showsEvaluations) this.message(`${line(record, runStatus)}\n`);
  }

  milestone(name: "t_mem" | "t_grok", { step, stepsPerEpoch, last, rules }: RunStatus): void {
    const [set, by, text] =
      name === "t_mem"
        ? ["training", rules.memLoss, memorisedText(rules)]
        : ["validation", rules.grokLoss, grokkedText(rules)];
    const score = last?.val_explained === undefined ? "accuracy" : "R²";
    const what = by === null ? `${set} ${score} ${text}` : `${set} ${text}`;
    this.message(`${name}: ${placeOf(step, stepsPerEpoch)}, the first with ${what}\n`);
  }

  message(text: string): void {
    this.#output.write(text);
  }

  close(): void {}
}

/** An evaluation as a line whose columns stay in place. */
function line(record: EvaluationRecord, { steps, stepsPerEpoch }: RunStatus): string {
  const parts = [`step ${count(record.step).padStart(count(steps).length)}`];
  if (stepsPerEpoch !== null && record.epoch !== null) {
    parts.push(`epoch ${epochs(record.epoch).padStart(count(steps / stepsPerEpoch).length)}`);
  }
  parts.push(
    `train ${percent(scoreOf(record, "train")).padStart(6)} loss ${loss(record.train_loss).padStart(8)}`,
    `val ${percent(scoreOf(record, "val")).padStart(6)} loss ${loss(record.val_loss).padStart(8)}`,
    duration(record.elapsed_sec),
  );
  return parts.join("  ");
}
