import { signal } from "@preact/signals";

/** Whether steps are spaced by their logarithm, as in the literature, in every chart. */
export const isLogSteps = signal(true);
