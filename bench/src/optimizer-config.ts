import type { FilterConfig, OptimizerConfig, ScheduleConfig } from "@grok/optim";
import type { Experiment } from "@grok/train";

/** The optimizer of an experiment as plain data, for implementations in other languages. */
export function optimizerConfig({ optimizer }: Pick<Experiment, "optimizer">): OptimizerConfig {
  const { lr, weightDecay, decay, clip, grokfast, orthograd, weightNorm } = optimizer;
  const filters: FilterConfig[] = [];
  if (clip !== null) filters.push({ kind: "clip", maxNorm: clip });
  if (grokfast.kind === "ema") filters.push({ ...grokfast, kind: "grokfastEma" });
  if (grokfast.kind === "ma") filters.push({ ...grokfast, kind: "grokfastMa" });
  if (orthograd) filters.push({ kind: "orthogonal" });
  const common = {
    learningRate: lr,
    schedule: scheduleOf(optimizer),
    filters,
    decay: { form: formOf(decay), rate: weightDecay },
    ...(weightNorm === null ? {} : { weightNorm }),
  };
  switch (optimizer.kind) {
    case "adamw":
    case "adam": {
      const { kind, beta1, beta2, eps, biasCorrection } = optimizer;
      return { kind, ...common, beta1, beta2, eps, biasCorrection };
    }
    case "sgd": {
      const { kind, momentum, nesterov } = optimizer;
      return { kind, ...common, momentum, nesterov };
    }
    case "lion": {
      const { kind, beta1, beta2 } = optimizer;
      return { kind, ...common, beta1, beta2 };
    }
    case "muon": {
      const { kind, momentum, nesterov, adamLr } = optimizer;
      return { kind, ...common, momentum, nesterov, adamw: { learningRate: adamLr } };
    }
  }
}

/** How the decay is called there: a term of the loss is one of the gradient, if nothing transforms that. */
function formOf(decay: Experiment["optimizer"]["decay"]): "zero" | "initial" | "l2" {
  if (decay === "init") return "initial";
  return decay === "loss" ? "l2" : decay;
}

function scheduleOf({ lr, warmupSteps, warmupOffset, schedule }: Experiment["optimizer"]) {
  const config: ScheduleConfig =
    schedule.kind === "cosine"
      ? {
          kind: "cosineDecay",
          totalSteps: schedule.endStep,
          warmupSteps,
          final: schedule.finalLr / lr,
          offset: warmupOffset,
        }
      : { kind: "linearWarmup", steps: warmupSteps, offset: warmupOffset };
  return config;
}
