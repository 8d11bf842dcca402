import { signal } from "@preact/signals";

/** Why training must not begin yet, in a sentence; null if it may. A lesson wants a prediction first. */
export const lessonBlocker = signal<string | null>(null);
