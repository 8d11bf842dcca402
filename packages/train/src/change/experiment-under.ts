import { matches } from "@grok/optim";
import { ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { parse } from "../experiment/parse";
import type { Collection } from "../kind/collection";
import type { Label } from "../kind/kind";
import { checkOverrides, type Draft, merge } from "../preset/merge";
import type { Overrides } from "../preset/overrides";
import type { Change } from "./change";

/** How many of an experiment's changes a checkpoint of a step has been trained under: those of earlier steps. */
export function changesBefore({ changes = [] }: Pick<Experiment, "changes">, step: number): number {
  return changes.filter(({ at }) => at < step).length;
}

/**
 * The experiment as it holds between two changes: its own settings under the first this many changes,
 * and no changes to come. Parameters that are frozen are so by groups of the optimizer's.
 *
 * @param count how many changes have been made
 * @param names the network's parameters
 * @throws ExperimentError, with the step of the change, for a setting that no change can have or
 *   that goes with other settings
 */
export function experimentUnder(
  experiment: Experiment,
  count: number,
  names: readonly string[],
  kinds: Collection,
): Experiment {
  const { changes = [], ...rest } = experiment;
  let settings = rest as Experiment;
  const trained = new Map<string, boolean>();
  for (const change of changes.slice(0, count)) {
    settings = withSettings(settings, change, kinds);
    for (const { kind, match } of change.edits ?? []) {
      const trains = kinds.edits.get(kind)?.trains;
      if (trains === undefined) continue;
      for (const name of names) if (matches(match, name)) trained.set(name, trains);
    }
  }
  return withTrained(settings, trained);
}

/** Settings that a change can have. */
const changeable = /^(optimizer|task|training\.batch)\.|^training\.(loss|labelNoise)$/;

function withSettings(before: Experiment, { at, set = {} }: Change, kinds: Collection): Experiment {
  const overrides: Overrides = new Map();
  const called: Label = (path) => {
    const flag = kinds.flagAt(path)?.name;
    return `The change at step ${at}: ${flag === undefined ? path : `--${flag}`}`;
  };
  for (const [path, value] of Object.entries(set)) {
    const label = called(path);
    if (!changeable.test(path) && !isOfLoss(path, kinds)) {
      throw new ExperimentError(
        `${label} cannot change in mid-run; the settings of the task, the optimizer, the loss and the batches and label-noise can.`,
      );
    }
    if (kinds.flagAt(path)?.isFile === true) {
      throw new ExperimentError(`${label} is a file, which cannot change in mid-run.`);
    }
    overrides.set(path, { value, label });
  }
  if (overrides.size === 0) return before;
  const { shape } = kinds.schema;
  const draft: Draft = {
    ...before,
    task: merge(shape.task, before.task, "task", overrides),
    optimizer: merge(shape.optimizer, before.optimizer as unknown as Draft, "optimizer", overrides),
    training: merge(shape.training, before.training as unknown as Draft, "training", overrides),
  };
  checkOverrides(kinds, draft, overrides);
  return parse(kinds.schema, draft, "", called) as unknown as Experiment;
}

/** Whether a place is a setting of a loss, such as `training.margin`. */
function isOfLoss(path: string, { losses }: Collection): boolean {
  const [part, key = "", ...further] = path.split(".");
  if (part !== "training" || further.length > 0) return false;
  return Array.from(losses.values()).some(({ settings }) => key in settings.shape);
}

/** The experiment with some of its parameters frozen or thawed. */
function withTrained(experiment: Experiment, trained: ReadonlyMap<string, boolean>): Experiment {
  if (trained.size === 0) return experiment;
  const { optimizer } = experiment;
  const own = Array.from(trained).flatMap(([name, trains]) => {
    const group = optimizer.parameterGroups.find(({ match }) => matches(match, name));
    const { match: _, frozen, ...rates } = group ?? { match: name };
    // One that was never frozen continues in its own group, or among the rest.
    if (trains && frozen !== true) return [];
    return [{ match: name, ...rates, frozen: !trains }];
  });
  const parameterGroups = [...own, ...optimizer.parameterGroups];
  return { ...experiment, optimizer: { ...optimizer, parameterGroups } };
}
