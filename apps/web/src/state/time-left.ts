import { computed } from "@preact/signals";
import { recorded, shown, step, stepsPerSec } from "./session";

/** Seconds below which nobody needs to know. */
const soon = 10;

/** How long training takes to the last step at the speed that it has: `3 min`; null if that is soon. */
export const timeLeft = computed(() => {
  const steps = shown.value?.experiment.training.steps;
  const speed = stepsPerSec.value;
  if (steps === undefined || speed === null || speed <= 0 || recorded.value !== null) return null;
  const seconds = (steps - step.value) / speed;
  return seconds < soon ? null : durationText(seconds);
});

/** A length of time as people say it. */
export function durationText(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  const hours = seconds / 3600;
  return hours < 48
    ? `${hours < 10 ? hours.toFixed(1) : Math.round(hours)} h`
    : `${Math.round(hours / 24)} days`;
}
