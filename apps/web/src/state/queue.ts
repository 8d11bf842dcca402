import type { Experiment } from "@grok/train";
import { effect, signal } from "@preact/signals";
import { startExperiment } from "./commands";
import { attempt } from "./notices";
import { status } from "./session";

/** Experiments that wait for the one before them to end. */
export const queue = signal<readonly Experiment[]>([]);

/** Trains an experiment with further seeds, one after the other, and begins at once. */
export function trainSeeds(experiment: Experiment, seeds: readonly number[]): void {
  queue.value = [...queue.peek(), ...seeds.map((seed) => ({ ...experiment, seed }))];
  next();
}

/** Leaves out what waits. */
export function clearQueue(): void {
  queue.value = [];
}

/** Begins what waits whenever a run has ended by itself. */
export function followQueue(): void {
  effect(() => {
    if (status.value === "ended" || status.value === "failed") next();
  });
}

function next(): void {
  const [first, ...others] = queue.peek();
  const isFree = !["running", "starting", "loading", "crashed"].includes(status.peek());
  if (first === undefined || !isFree) return;
  queue.value = others;
  attempt(startExperiment(first));
}
