import { signal } from "@preact/signals";

/** Whether steps are spaced by their logarithm, as in the literature, in every chart. */
export const isLogSteps = signal(true);

/** The column that the chart of measures is to draw; null if nobody has chosen one. */
export const chosenColumn = signal<string | null>(null);
