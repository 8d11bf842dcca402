import { effect, signal } from "@preact/signals";
import type { PhasesView } from "../network/phases";
import { engine } from "../state/engine";
import { sayError } from "../state/notices";
import { recorded } from "../state/session";
import { liveView } from "../state/view-step";
import { lesson } from "./open-lesson";
import { isLessonsOwn } from "./own-run";

/** The phases of the neurons of the run that is shown; null until they are known. */
export const phases = signal<PhasesView | null>(null);

/** Asks for the phases again whenever the network has changed, in the lesson that is about them. */
export function followPhases(): () => void {
  let isAsking = false;
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      // The network may have changed while it was asked.
      for (let at = -1; at !== liveView.peek()?.step; ) {
        at = liveView.peek()?.step ?? -1;
        phases.value = await engine().network.phases();
      }
    } catch (error) {
      sayError(error);
    } finally {
      isAsking = false;
    }
  };
  return effect(() => {
    const isWanted = lesson.value?.figure === "phases" && isLessonsOwn.value;
    if (!isWanted || recorded.value !== null || liveView.value === null) phases.value = null;
    else void ask();
  });
}
