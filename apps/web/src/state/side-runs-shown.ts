import { signal } from "@preact/signals";

/** Whether several runs were trained side by side, so that their card is shown. */
export const areSideRunsShown = signal(false);
