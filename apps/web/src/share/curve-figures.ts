import { accuracyFigure, columnFigure, lossFigure } from "@grok/plot";
import type { EvaluationRecord } from "@grok/train";
import { sizeText } from "../controls/size-text";
import { isLogSteps } from "../state/chart-options";
import { milestones } from "../state/session";
import type { Described } from "../worker/protocol";

/**
 * A run's curves as an SVG file, as the command draws them.
 *
 * @param what accuracy, or explained variance of values; loss; or any other column by its name
 */
export function curveFigure(
  what: "accuracy" | "loss" | { readonly column: string },
  described: Described,
  records: readonly EvaluationRecord[],
): string {
  const { experiment, task, optimizer, chance } = described;
  const { tMem, tGrok } = milestones.value;
  const fraction = "trainFraction" in experiment.task ? experiment.task.trainFraction : null;
  const network = [experiment.model.architecture, sizeText(described)];
  const options = {
    title: task,
    subtitle: [
      network.filter((each) => each !== null).join(", "),
      optimizer,
      ...(fraction === null ? [] : [`train fraction ${fraction}`]),
      `seed ${experiment.seed}`,
    ].join(" · "),
    scale: isLogSteps.value ? ("log" as const) : ("linear" as const),
    milestones: { t_mem: tMem, t_grok: tGrok },
  };
  if (typeof what === "object") return columnFigure(records, [what.column], options);
  if (what === "loss") {
    return lossFigure(records, { ...options, loss: described.loss ?? undefined });
  }
  const { grokThreshold } = experiment.training;
  return accuracyFigure(records, {
    ...options,
    threshold: grokThreshold,
    chance: chance ?? undefined,
  });
}
