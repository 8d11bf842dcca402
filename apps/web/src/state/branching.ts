import { signal } from "@preact/signals";

/** Whether a person is being asked what a branch of the run is to have otherwise. */
export const isBranching = signal(false);
