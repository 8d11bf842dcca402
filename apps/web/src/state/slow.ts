import { computed, effect, signal } from "@preact/signals";
import { recordingHere } from "./recordings";
import { recorded, status, step, stepsPerSec } from "./session";

/** Milliseconds of training after which its speed says something. */
const settled = 5_000;

/** Seconds that are too long to wait for what a recording shows at once. */
const patience = 120;

const isSettled = signal(false);

/** How many minutes this device would take, where that is long and there is a recorded run; else null. */
export const minutesToWait = computed(() => {
  const { value: recording } = recordingHere;
  const { value: speed } = stepsPerSec;
  if (!isSettled.value || recorded.value !== null || recording === null || speed === null)
    return null;
  const seconds = Math.max(0, recording.decided - step.value) / speed;
  return seconds > patience ? seconds / 60 : null;
});

/** Waits at each start until the speed of training says something. */
export function followSpeed(): void {
  effect(() => {
    isSettled.value = false;
    if (status.value !== "running") return;
    const timer = setTimeout(() => {
      isSettled.value = true;
    }, settled);
    return () => clearTimeout(timer);
  });
}
