import { computed } from "@preact/signals";
import { hold } from "./hold";
import { isOpen } from "./parts";
import { isRunning, label, status, step } from "./session";

/** Whether the run that is shown has come to its end. */
export const isDone = computed(() => status.value === "ended" || status.value === "failed");

/** Whether it has made a step. */
export const hasBegun = computed(() => label.value !== null || step.value > 0);

/** Whether the trainer is there. */
export const isReady = computed(() => status.value !== "loading" && status.value !== "crashed");

/** Whether training can go on now, by hand or by key; a run that goes can always be paused. */
export const canRun = computed(
  () =>
    isReady.value && !isDone.value && isOpen("start") && (isRunning.value || hold.value === null),
);

/** Whether one step can be made. */
export const canStep = computed(
  () =>
    isReady.value && !isDone.value && isOpen("step") && (isRunning.value || hold.value === null),
);

/** Whether the run can be left for its first step. */
export const canReset = computed(() => isReady.value && hasBegun.value && isOpen("reset"));
