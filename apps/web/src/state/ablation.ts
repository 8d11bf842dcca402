import { computed, effect } from "@preact/signals";
import { branchPoint } from "../branch/branch-here";
import { makeBranch } from "./branch";
import { engine } from "./engine";
import { sayError } from "./notices";
import { isParentShown } from "./parent-run";
import { isOpen } from "./parts";
import { answered, putPartsBack, removedParts } from "./removed-parts";
import { recorded, shown } from "./session";
import { liveView, viewedStep } from "./view-step";

/** Why parts cannot be taken out of what is shown; null if they can. */
export const ablationProblem = computed(() => {
  if (recorded.value !== null) {
    return "This is a recording, which has no weights. Train the network here to take parts out of it.";
  }
  if (isParentShown.value) return "Show the branch to take parts out of its network.";
  return viewedStep.value === null
    ? null
    : "Show the newest step to take parts out: earlier weights are not kept in the page.";
});

/** How the network answers without the removed parts; null if nothing is out, or until it is known. */
export const ablated = computed(() =>
  removedParts.value.length === 0 || ablationProblem.value !== null ? null : answered.value,
);

/** Asks for the answers without the removed parts, again whenever the network has changed. */
export function followAblation(): () => void {
  let isAsking = false;
  let next: readonly string[] | null = null;
  const ask = async (parts: readonly string[]) => {
    next = parts;
    if (isAsking) return;
    isAsking = true;
    try {
      while (next !== null) {
        const wanted: readonly string[] = next;
        next = null;
        const view = await engine().network.ablate([...wanted]);
        if (removedParts.peek() === wanted) answered.value = view;
      }
    } catch (error) {
      putPartsBack();
      sayError(error);
    } finally {
      isAsking = false;
    }
  };
  return effect(() => {
    const parts = removedParts.value;
    void liveView.value;
    if (parts.length === 0) answered.value = null;
    else if (ablationProblem.value === null) void ask(parts);
  });
}

/** Whether a run without the removed parts can be trained from here on. */
export const canKeepOut = computed(
  () =>
    (branchPoint.value?.at ?? 0) >= 1 &&
    ablated.value?.edits != null &&
    ["branch", "settings", "start"].every(isOpen),
);

/** Makes a branch that has lost the removed parts, and trains it. */
export async function trainWithout(): Promise<void> {
  const point = branchPoint.peek();
  const edits = ablated.peek()?.edits;
  if (point === null || edits == null) return;
  const end = shown.peek()?.experiment.training.steps ?? 0;
  // At the end of a run there is nothing to train unless it ends later.
  const steps: Record<string, string> = end > point.at ? {} : { steps: `${2 * point.at}` };
  const fault = await makeBranch({
    id: point.id,
    at: point.at,
    fields: { ...steps, changes: edits },
  });
  if (fault !== null) throw new Error(fault.error);
}
