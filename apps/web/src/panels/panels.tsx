import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isLogSteps } from "../state/chart-options";
import { engine } from "../state/engine";
import { sayError } from "../state/notices";
import { milestones, records } from "../state/session";
import { currentView, scene, traces, viewedStep, viewStep } from "../state/view-step";
import { Timeline } from "../timeline/timeline";
import type { Inside } from "./inside";
import { InsidePanels } from "./inside-panels";
import { followSelection, lookedPair, selected } from "./selected-pair";

const inside: Inside = {
  scene,
  records,
  traces,
  view: currentView,
  step: viewedStep,
  show: (step) => {
    viewStep(step).catch(sayError);
  },
  milestones: computed(() => ({ t_mem: milestones.value.tMem, t_grok: milestones.value.tGrok })),
  isLogScale: isLogSteps,
  selected,
  pair: lookedPair,
  measure: (name) => engine().measure([name]),
};

/** The timeline and the panels of the network at hand. */
export function Panels() {
  useEffect(() => followSelection(), []);
  if (currentView.value === null) return null;
  return (
    <>
      <h2 class="inside-title">Inside the network</h2>
      <Timeline inside={inside} />
      <InsidePanels inside={inside} />
    </>
  );
}
