import { computed } from "@preact/signals";
import { ablated, ablationProblem, canKeepOut, trainWithout } from "../state/ablation";
import { isLogSteps } from "../state/chart-options";
import { engine } from "../state/engine";
import { sayError } from "../state/notices";
import { isParentShown, parentMilestones, parentRun } from "../state/parent-run";
import { putPartsBack, removedParts, togglePart } from "../state/removed-parts";
import { milestones, records } from "../state/session";
import { currentView, scene, traces, viewedStep, viewStep } from "../state/view-step";
import type { Inside } from "./inside";
import { hovered, lookedPair, selected } from "./selected-pair";

/** The milestones of the run that is looked into. */
const reached = computed(() => (isParentShown.value ? parentMilestones : milestones).value);

/** The run that is trained, or the one that it was branched from, whichever is looked into. */
export const shownInside: Inside = {
  scene,
  records: computed(() => (isParentShown.value ? (parentRun.value?.records ?? []) : records.value)),
  traces: computed(() => (isParentShown.value ? (parentRun.value?.traces ?? []) : traces.value)),
  view: currentView,
  step: viewedStep,
  show: (step) => {
    viewStep(step).catch(sayError);
  },
  milestones: computed(() => ({ t_mem: reached.value.tMem, t_grok: reached.value.tGrok })),
  isLogScale: isLogSteps,
  selected,
  hovered,
  pair: lookedPair,
  ablation: {
    removed: removedParts,
    view: ablated,
    problem: ablationProblem,
    toggle: togglePart,
    putBack: putPartsBack,
    canKeepOut,
    keepOut: () => {
      trainWithout().catch(sayError);
    },
    neurons: (layer) => engine().network.neurons(layer),
    neuron: (layer, neuron) => engine().network.neuron(layer, neuron),
  },
  measure: async (name) => {
    if (!isParentShown.peek()) return engine().network.measure([name]);
    throw new Error("This is computed of the run that is trained; show the branch to have it.");
  },
};
