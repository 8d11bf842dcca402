import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { BranchHere } from "../branch/branch-here";
import { ShownRun } from "../branch/shown-run";
import { later } from "../layout/later";
import { type PanelName, panelNames } from "../network/scene";
import {
  ablated,
  ablationProblem,
  canKeepOut,
  followAblation,
  trainWithout,
} from "../state/ablation";
import { isBranching } from "../state/branching";
import { isLogSteps } from "../state/chart-options";
import { engine } from "../state/engine";
import { sayError } from "../state/notices";
import { isParentShown, parentMilestones, parentRun } from "../state/parent-run";
import { visibilityOf } from "../state/parts";
import { putPartsBack, removedParts, togglePart } from "../state/removed-parts";
import { milestones, records } from "../state/session";
import { currentView, scene, traces, viewedStep, viewStep } from "../state/view-step";
import { Timeline } from "../timeline/timeline";
import type { Inside } from "./inside";
import { InsidePanels } from "./inside-panels";
import { followSelection, hovered, lookedPair, selected } from "./selected-pair";

const BranchCard = later(() => import("../branch/branch-card"));

/** The milestones of the run that is looked into. */
const reached = computed(() => (isParentShown.value ? parentMilestones : milestones).value);

/** The run that is trained, or the one that it was branched from, whichever is looked into. */
const inside: Inside = {
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
    neurons: (layer) => engine().neurons(layer),
    neuron: (layer, neuron) => engine().neuron(layer, neuron),
  },
  measure: async (name) => {
    if (!isParentShown.peek()) return engine().measure([name]);
    throw new Error("This is computed of the run that is trained; show the branch to have it.");
  },
};

/** The timeline and the panels of the network at hand. */
export function Panels({ only = panelNames }: { only?: readonly PanelName[] }) {
  useEffect(() => followSelection(), []);
  useEffect(() => followAblation(), []);
  const open = only.filter((name) => visibilityOf(name) !== "hidden");
  const hasTimeline = visibilityOf("timeline") !== "hidden";
  if (currentView.value === null || (open.length === 0 && !hasTimeline)) return null;
  return (
    <section class="inside" aria-labelledby="inside-title">
      <h2 class="inside-title" id="inside-title">
        Inside the network
      </h2>
      <ShownRun />
      {hasTimeline && <Timeline inside={inside} tools={<BranchHere />} />}
      {hasTimeline && isBranching.value && <BranchCard />}
      <InsidePanels inside={inside} only={open} />
    </section>
  );
}
