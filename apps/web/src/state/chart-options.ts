import { signal } from "@preact/signals";

/**
 * Whether steps are spaced by their logarithm, as in the literature, in every chart. Not at first:
 * the wait before a network groks is seen as long as it is.
 */
export const isLogSteps = signal(false);

/** The column that the chart of measures is to draw; null if nobody has chosen one. */
export const chosenColumn = signal<string | null>(null);
