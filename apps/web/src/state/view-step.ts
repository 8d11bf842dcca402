import { computed, signal } from "@preact/signals";
import type { NetworkScene, NetworkView } from "../network/look";
import type { NetworkTrace } from "../network/trace";
import { engine } from "./engine";

/** What is the same at every step of the experiment at hand. */
export const scene = signal<NetworkScene | null>(null);

/** The newest view. */
export const liveView = signal<NetworkView | null>(null);

/** The steps of all views that are kept, ascending. */
export const viewSteps = signal<readonly number[]>([]);

/** What is drawn over time, of every view that there was. */
export const traces = signal<readonly NetworkTrace[]>([]);

/** The step that the timeline shows; null for the newest. */
export const viewedStep = signal<number | null>(null);

const pastView = signal<NetworkView | null>(null);

/** What the panels show: the view of {@link viewedStep}. */
export const currentView = computed(() =>
  viewedStep.value === null ? liveView.value : (pastView.value ?? liveView.value),
);

/** Shows the network at a past evaluation, or with null the newest. */
export async function viewStep(step: number | null): Promise<void> {
  viewedStep.value = step;
  if (step === null) {
    pastView.value = null;
    return;
  }
  const view = await engine().viewAt(step);
  // Another step may have been asked for meanwhile.
  if (viewedStep.peek() === step) pastView.value = view;
}

/** Forgets the views of another experiment. */
export function clearViews(): void {
  viewedStep.value = null;
  pastView.value = null;
}
