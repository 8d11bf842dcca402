import { computed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type PanelName, panelNames } from "../network/scene";
import { isLogSteps } from "../state/chart-options";
import { engine } from "../state/engine";
import { sayError } from "../state/notices";
import { standingOf } from "../state/parts";
import { milestones, records } from "../state/session";
import { currentView, scene, traces, viewedStep, viewStep } from "../state/view-step";
import { Timeline } from "../timeline/timeline";
import type { Inside } from "./inside";
import { InsidePanels } from "./inside-panels";
import { followSelection, hovered, lookedPair, selected } from "./selected-pair";

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
  hovered,
  pair: lookedPair,
  measure: (name) => engine().measure([name]),
};

/** The timeline and the panels of the network at hand. */
export function Panels({ only = panelNames }: { only?: readonly PanelName[] }) {
  useEffect(() => followSelection(), []);
  const open = only.filter((name) => standingOf(name) !== "hidden");
  const hasTimeline = standingOf("timeline") !== "hidden";
  if (currentView.value === null || (open.length === 0 && !hasTimeline)) return null;
  return (
    <section class="inside" aria-labelledby="inside-title">
      <h2 class="inside-title" id="inside-title">
        Inside the network
      </h2>
      {hasTimeline && <Timeline inside={inside} />}
      <InsidePanels inside={inside} only={open} />
    </section>
  );
}
