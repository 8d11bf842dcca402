import { computed, signal } from "@preact/signals";
import type { NetworkView } from "../network/inspector";
import type { SceneAfter } from "../network/scene";
import { sceneAt } from "../network/scene-after";
import type { NetworkTrace } from "../network/trace";
import { isBranching } from "./branching";
import { engine } from "./engine";
import { isParentShown, parentRun } from "./parent-run";
import { records } from "./session";

/** What is the same at every step of the experiment at hand, between two changes of its examples. */
export const scenes = signal<readonly SceneAfter[]>([]);

/** The newest view of the run. */
export const liveView = signal<NetworkView | null>(null);

/** What is drawn over time, of every view of the run that there was. */
export const traces = signal<readonly NetworkTrace[]>([]);

/** The step that the timeline shows; null for the newest. */
export const viewedStep = signal<number | null>(null);

const pastView = signal<NetworkView | null>(null);

/** What the panels show: the view of {@link viewedStep}, of the run or of its parent. */
export const currentView = computed(() => {
  const newest = isParentShown.value ? (parentRun.value?.view ?? null) : liveView.value;
  return viewedStep.value === null ? newest : (pastView.value ?? newest);
});

/** What panels must know besides {@link currentView}. */
export const scene = computed(() => {
  const all = isParentShown.value ? (parentRun.value?.scenes ?? []) : scenes.value;
  return sceneAt(all, currentView.value?.step ?? 0);
});

/** Shows the network at a past evaluation, or with null the newest. */
export async function viewStep(step: number | null): Promise<void> {
  viewedStep.value = step;
  if (step === null) {
    pastView.value = null;
    return;
  }
  const ofParent = isParentShown.peek();
  const view = await engine().viewAt(step, ofParent);
  // Another step may have been asked for meanwhile.
  if (viewedStep.peek() === step && isParentShown.peek() === ofParent) pastView.value = view;
}

/** Has the timeline and the panels show the parent of the run, or the run again, at the same step. */
export async function showParent(isShown: boolean): Promise<void> {
  const step = viewedStep.peek() ?? records.peek().at(-1)?.step ?? null;
  const own = isShown ? (parentRun.peek()?.records ?? []) : records.peek();
  isParentShown.value = isShown;
  pastView.value = null;
  // Beyond the end of the other one there is its end.
  const last = own.at(-1)?.step ?? 0;
  await viewStep(step === null || step >= last ? null : step);
}

/** Forgets the views of another experiment. */
export function clearViews(): void {
  viewedStep.value = null;
  pastView.value = null;
  isParentShown.value = false;
  isBranching.value = false;
}
