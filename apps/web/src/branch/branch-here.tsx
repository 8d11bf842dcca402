import { computed } from "@preact/signals";
import { route } from "../state/address";
import { isBranching } from "../state/branching";
import { attempt } from "../state/notices";
import { isParentShown, parentRun } from "../state/parent-run";
import { isOpen } from "../state/parts";
import { isRunning, label, recorded, records, step } from "../state/session";
import { viewedStep, viewStep } from "../state/view-step";

/** The run that is looked into, and the step at which it would be branched; null if it has no files. */
export const branchPoint = computed((): { id: string; name: string; at: number } | null => {
  const run = isParentShown.value ? parentRun.value : label.value;
  if (run === null || recorded.value !== null) return null;
  const own = isParentShown.value ? (parentRun.value?.records ?? []) : records.value;
  const newest = own.at(-1)?.step ?? 0;
  // Where a run stands that does not continue, there is a checkpoint of that very step.
  const live = isParentShown.value || isRunning.value ? newest : Math.max(newest, step.value);
  return { id: run.id, name: run.name, at: viewedStep.value ?? live };
});

/** Opens the form of a branch, at the step that the timeline shows. */
export function BranchHere() {
  const { value: point } = branchPoint;
  // It changes settings and starts training.
  const isAllowed = ["branch", "settings", "start"].every(isOpen);
  if (!isAllowed || route.value !== "watch" || recorded.value !== null) return null;
  const isPossible = point !== null && point.at >= 1;
  return (
    <button
      type="button"
      class="replay"
      aria-expanded={isBranching.value}
      disabled={!isPossible && !isBranching.value}
      title={
        isPossible
          ? `What if? The same run up to step ${point.at.toLocaleString("en")}, with other settings from there on`
          : "A run can be branched from its first step on; before that, change the experiment"
      }
      onClick={() => {
        isBranching.value = !isBranching.value;
        // The step that it is about shall not move on.
        if (isBranching.value && isRunning.value && point !== null) attempt(viewStep(point.at));
      }}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M4 1h2v6.2C7 6 8.600 5.500 10 5.300V3l4.500 3.300L10 9.600V7.300C7.500 7.700 6 9 6 11.500V15H4z" />
      </svg>
      Branch here
    </button>
  );
}
