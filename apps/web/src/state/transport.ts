import { computed } from "@preact/signals";
import { resolved } from "./experiment";
import { lessonBlocker } from "./lesson-blocker";
import { isOpen } from "./parts";
import { isRunning, label, status, step } from "./session";

/** Whether the run that is shown has come to its end. */
export const isDone = computed(() => status.value === "ended" || status.value === "failed");

/** Whether it has made a step. */
export const hasBegun = computed(() => label.value !== null || step.value > 0);

/** Whether the trainer is there. */
export const isReady = computed(() => status.value !== "loading" && status.value !== "crashed");

/**
 * Why training must not begin, in a sentence; null if it may: a lesson wants something first, or a
 * setting is wrong, so that what would be trained is not what the settings say. A run that has begun
 * has its experiment, whatever the settings say since.
 */
export const startBlocker = computed(() => {
  if (lessonBlocker.value !== null) return lessonBlocker.value;
  const settings = resolved.value;
  return settings?.ok === false && !hasBegun.value ? settings.error : null;
});

const isFree = computed(
  () => isReady.value && !isDone.value && (isRunning.value || startBlocker.value === null),
);

/** Whether training can continue now, by hand or by key; a run that goes can always be paused. */
export const canRun = computed(() => isFree.value && isOpen("start"));

/** Whether one step can be made. */
export const canStep = computed(() => isFree.value && isOpen("step"));

/** Whether the run can be left for its first step. */
export const canReset = computed(() => isReady.value && hasBegun.value && isOpen("reset"));
