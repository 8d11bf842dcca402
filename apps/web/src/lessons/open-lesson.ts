import { computed } from "@preact/signals";
import { lessonInAddress } from "../state/address";
import { lessons } from "./lessons";
import { progress } from "./progress";

/** The lesson that the address names; null for the list of them. */
export const lesson = computed(
  () => lessons.find(({ name }) => name === lessonInAddress.value) ?? null,
);

/** The place of the step that is open. */
export const place = computed(() => {
  const { value: open } = lesson;
  if (open === null) return 0;
  return Math.min(Math.max(progress.value.at[open.name] ?? 0, 0), open.steps.length - 1);
});

/** The step that is open. */
export const step = computed(() => lesson.value?.steps[place.value] ?? null);
