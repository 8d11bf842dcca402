import { accuracyFigure, type FigureOptions, lossFigure } from "@grok/plot";
import type { EvaluationRecord } from "@grok/train";
import { isLogSteps } from "../state/chart-options";
import { milestones } from "../state/session";
import type { Described } from "../worker/protocol";

/** A run's curves as SVG files, as the command draws them. */
export function curveFigure(
  quantity: "accuracy" | "loss",
  described: Described,
  records: readonly EvaluationRecord[],
): string {
  const { experiment, task, optimizer, parameters, chance } = described;
  const { tMem, tGrok } = milestones.value;
  const fraction = "trainFraction" in experiment.task ? experiment.task.trainFraction : null;
  const options: FigureOptions & { milestones: { t_mem: number | null; t_grok: number | null } } = {
    title: task,
    subtitle: [
      `${experiment.model.architecture}, ${parameters.toLocaleString("en")} parameters`,
      optimizer,
      ...(fraction === null ? [] : [`train fraction ${fraction}`]),
      `seed ${experiment.seed}`,
    ].join(" · "),
    scale: isLogSteps.value ? "log" : "linear",
    milestones: { t_mem: tMem, t_grok: tGrok },
  };
  if (quantity === "loss") return lossFigure(records, options);
  const { grokThreshold } = experiment.training;
  return accuracyFigure(records, {
    ...options,
    threshold: grokThreshold,
    chance: chance ?? undefined,
  });
}
