import { chain } from "./chain";
import {
  decayForms,
  type FilterConfig,
  filterKinds,
  type OptimizerConfig,
  optimizerKinds,
  type ScheduleConfig,
  scheduleKinds,
} from "./config";
import { clip } from "./filters/clip";
import { egalitarian } from "./filters/egalitarian";
import { grokfastEma } from "./filters/grokfast-ema";
import { grokfastMa } from "./filters/grokfast-ma";
import { l2 } from "./filters/l2";
import { orthogonal } from "./filters/orthogonal";
import { sparing } from "./filters/sparing";
import { fixedNorm } from "./fixed-norm";
import { byGroup, matches } from "./groups";
import type { GradientFilter, Optimizer } from "./optimizer";
import { adam, adamW } from "./optimizers/adam";
import type { CommonOptions } from "./optimizers/common-options";
import { lion } from "./optimizers/lion";
import { muonWithAdamW } from "./optimizers/muon";
import { sgd } from "./optimizers/sgd";
import { constant } from "./schedules/constant";
import { cosineDecay } from "./schedules/cosine-decay";
import { linearWarmup } from "./schedules/linear-warmup";
import type { Schedule } from "./schedules/schedule";

function unknownKind(what: string, kind: unknown, allowed: readonly string[]): RangeError {
  return new RangeError(
    `unknown ${what} ${JSON.stringify(kind)}: allowed are ${allowed.join(", ")}`,
  );
}

/**
 * Makes a schedule from plain data.
 *
 * @throws RangeError if the kind is unknown or a setting out of range
 */
export function createSchedule(config: ScheduleConfig): Schedule {
  switch (config.kind) {
    case "constant":
      return constant();
    case "linearWarmup":
      return linearWarmup(config);
    case "cosineDecay":
      return cosineDecay(config);
    default:
      throw unknownKind("schedule", (config as { kind: unknown }).kind, scheduleKinds);
  }
}

function createFilter(config: FilterConfig): GradientFilter {
  switch (config.kind) {
    case "clip":
      return clip(config);
    case "grokfastEma":
      return grokfastEma(config);
    case "grokfastMa":
      return grokfastMa(config);
    case "orthogonal":
      return orthogonal();
    case "egalitarian":
      return egalitarian(config);
    default:
      throw unknownKind("gradient filter", (config as { kind: unknown }).kind, filterKinds);
  }
}

function createRule(
  config: OptimizerConfig,
  common: Required<Omit<CommonOptions, "name">>,
): Optimizer {
  switch (config.kind) {
    case "sgd":
      return sgd({ ...config, ...common });
    case "adam":
      return adam({ ...config, ...common });
    case "adamw":
      return adamW({ ...config, ...common });
    case "lion":
      return lion({ ...config, ...common });
    case "muon": {
      const { matrices, adamw, ...settings } = config;
      const { weightDecay, decayTo } = common;
      return muonWithAdamW({
        ...settings,
        ...common,
        matrices: matrices && (() => matrices),
        adamW: { ...adamw, weightDecay, decayTo },
      });
    }
    default:
      throw unknownKind("optimizer", (config as { kind: unknown }).kind, optimizerKinds);
  }
}

/**
 * Makes an optimizer, with its schedule, filters and weight decay, from plain data.
 *
 * @throws RangeError if a kind is unknown or a setting out of range
 *
 * @example
 * createOptimizer({
 *   kind: "adamw",
 *   learningRate: 1e-3,
 *   beta2: 0.98,
 *   decay: { form: "zero", rate: 1 },
 *   schedule: { kind: "linearWarmup", steps: 10 },
 *   filters: [{ kind: "clip", maxNorm: 1 }, { kind: "grokfastEma" }],
 * });
 */
export function createOptimizer(config: OptimizerConfig): Optimizer {
  const { learningRate, schedule = { kind: "constant" }, filters = [] } = config;
  const usual = { form: "zero", rate: config.kind === "adamw" ? 0.01 : 0 } as const;
  const { form, rate } = config.decay ?? usual;
  if (!decayForms.includes(form)) throw unknownKind("form of weight decay", form, decayForms);
  const ruleOf = (ownRate: number, ownDecay: number): Optimizer => {
    const rule = createRule(config, {
      learningRate: ownRate,
      schedule: createSchedule(schedule),
      weightDecay: form === "l2" ? 0 : ownDecay,
      decayTo: form === "l2" ? "zero" : form,
    });
    return form === "l2" ? chain(l2({ rate: ownDecay }), rule) : rule;
  };
  const rest = ruleOf(learningRate, rate);
  const { weightNorm, groups = [] } = config;
  const parts = groups.map(({ match, frozen = false, ...own }) => ({
    match,
    optimizer: frozen ? null : ruleOf(own.learningRate ?? learningRate, own.weightDecay ?? rate),
  }));
  const rule = parts.length === 0 ? rest : byGroup(parts, rest);
  const isSpared = (name: string) =>
    groups.find(({ match }) => matches(match, name))?.untransformed ?? false;
  const spares = groups.some(({ untransformed }) => untransformed);
  const links = filters.map((filter) =>
    spares ? sparing(createFilter(filter), isSpared) : createFilter(filter),
  );
  const optimizer = links.length === 0 ? rule : chain(...links, rule);
  return weightNorm === undefined ? optimizer : fixedNorm(optimizer, { norm: weightNorm });
}
