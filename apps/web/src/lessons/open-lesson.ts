import { computed } from "@preact/signals";
import { lessonInAddress } from "../state/address";
import { lessons } from "./lessons";

/** The lesson that the address names; null for the list of them. */
export const lesson = computed(
  () => lessons.find(({ name }) => name === lessonInAddress.value) ?? null,
);
