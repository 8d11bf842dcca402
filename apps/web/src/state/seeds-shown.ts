import { signal } from "@preact/signals";

/** Whether several seeds were trained side by side, so that their card is shown. */
export const areSeedsShown = signal(false);
