import { readChanges } from "../change/read-changes";
import { ExperimentError } from "../experiment/error";
import { switchValue } from "../flag/switch-value";
import type { Collection } from "../kind/collection";
import type { Overrides } from "./overrides";

/** Takes `epochs` out of the overrides: steps follow from it once the training set is known. */
export function takeEpochs(overrides: Overrides): { value: unknown; label: string } | undefined {
  const epochs = overrides.get("epochs");
  const steps = overrides.get("training.steps");
  if (epochs !== undefined && steps !== undefined) {
    throw new ExperimentError(`Give ${epochs.label} or ${steps.label}, not both.`);
  }
  overrides.delete("epochs");
  return epochs;
}

/** The switch of ChanceSiyuan/grokking's command is another way to name the group. */
export function takeOrderParams(overrides: Overrides): void {
  const asked = overrides.get("order-params");
  overrides.delete("order-params");
  if (asked === undefined || asked.value === false) return;
  if (typeof asked.value === "string" && switchValue(asked.value) === false) return;
  const { value = [], label = asked.label } = overrides.get("metrics") ?? {};
  if (!Array.isArray(value)) return;
  overrides.set("metrics", { value: [...value, "order-parameters"], label });
}

/** Reads changes, whose settings are flags themselves. */
export function takeChanges(overrides: Overrides, kinds: Collection): void {
  const asked = overrides.get("changes");
  if (asked === undefined) return;
  const { value } = asked;
  const isNone = value === null || value === "none" || (Array.isArray(value) && value.length === 0);
  if (isNone) overrides.delete("changes");
  else overrides.set("changes", { ...asked, value: readChanges(value, kinds) });
}
