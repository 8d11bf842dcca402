import { BranchHere } from "../branch/branch-here";
import { ShownRun } from "../branch/shown-run";
import { later } from "../layout/later";
import { shownInside } from "../panels/shown-inside";
import { isBranching } from "../state/branching";
import { isParentShown } from "../state/parent-run";
import { visibilityOf } from "../state/parts";
import { isRunning } from "../state/session";
import { currentView } from "../state/view-step";
import { Timeline } from "./timeline";

const BranchCard = later(() => import("../branch/branch-card"));

/** Goes through the run: every picture shows the network at the step that is chosen. */
export function RunTimeline() {
  if (visibilityOf("timeline") === "hidden" || currentView.value === null) return null;
  return (
    <div class="run-timeline">
      <ShownRun />
      <Timeline
        inside={shownInside}
        tools={<BranchHere />}
        isTraining={isRunning.value && !isParentShown.value}
      />
      {isBranching.value && <BranchCard />}
    </div>
  );
}
