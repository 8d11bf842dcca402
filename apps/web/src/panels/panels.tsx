import { useEffect } from "preact/hooks";
import { type PanelName, panelNames } from "../network/scene";
import { followAblation } from "../state/ablation";
import { visibilityOf } from "../state/parts";
import { currentView } from "../state/view-step";
import { RunTimeline } from "../timeline/run-timeline";
import { InsidePanels } from "./inside-panels";
import { shownInside } from "./shown-inside";

/** The panels of the network at hand; loaded when they are first shown. */
export default function Panels({
  only = panelNames,
  hasTimeline = true,
}: {
  only?: readonly PanelName[];
  /** Whether the timeline comes with them. */
  hasTimeline?: boolean;
}) {
  useEffect(() => followAblation(), []);
  const open = only.filter((name) => visibilityOf(name) !== "hidden");
  if (currentView.value === null || (open.length === 0 && !hasTimeline)) return null;
  return (
    <section class="inside" aria-labelledby="inside-title">
      <h2 class="inside-title" id="inside-title">
        Inside the network
      </h2>
      {hasTimeline && <RunTimeline />}
      <InsidePanels inside={shownInside} only={open} />
    </section>
  );
}
