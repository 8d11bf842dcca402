import { useLayoutEffect, useRef } from "preact/hooks";
import { ExperimentCard } from "./controls/experiment-card";
import { Stage } from "./controls/stage";
import { Curves } from "./curves/curves";
import { FirstLook } from "./first-look/first-look";
import { BelowFold } from "./layout/below-fold";
import { Embed } from "./layout/embed";
import { later } from "./layout/later";
import { Notices } from "./layout/notices";
import { Top, viewTitles } from "./layout/top";
import { Offers } from "./offers/offers";
import { isEmbedInAddress, type Route, route } from "./state/address";
import { visibilityOf } from "./state/parts";
import { areSideRunsShown } from "./state/side-runs-shown";
import { RunTimeline } from "./timeline/run-timeline";

const LessonsView = later(() => import("./lessons/lessons-view"));
const Panels = later(() => import("./panels/panels"));
const SideRunsCard = later(() => import("./side-by-side/side-runs-card"));
const RunsView = later(() => import("./run-list/runs-view"));

/** Where the first link of the page leads, by view. */
const skips: Readonly<Record<Route, string>> = {
  watch: "To the run",
  lessons: "To the lessons",
  runs: "To the list of runs",
};

/** The page. */
export function App() {
  const main = useRef<HTMLElement>(null);
  const open = shownRoute();
  const shown = useRef(open);
  useLayoutEffect(() => {
    document.title = `${viewTitles[open]} · Grokking, live`;
    if (shown.current === open) return;
    shown.current = open;
    // Another view begins at its top, and a keyboard continues from there.
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [open]);
  if (isEmbedInAddress.value) return <Embed />;
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          // What is behind # is an experiment here, so the browser may not follow it.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {skips[open]}
      </a>
      <Top />
      <main id="main" tabIndex={-1} ref={main}>
        <Notices />
        <View />
      </main>
    </>
  );
}

/** The view that is shown: the one in the address, unless it is hidden. */
function shownRoute(): Route {
  return visibilityOf(route.value) === "hidden" ? "watch" : route.value;
}

function View() {
  const open = shownRoute();
  if (open === "runs") return <RunsView />;
  return open === "lessons" ? <LessonsView /> : <Watch />;
}

function Watch() {
  const hasCard = visibilityOf("settings") !== "hidden" || visibilityOf("preset") !== "hidden";
  return (
    <div class={hasCard ? "watch" : "watch watch-wide"}>
      <Stage />
      <FirstLook />
      <RunTimeline />
      <Offers />
      {areSideRunsShown.value && <SideRunsCard />}
      {hasCard && <ExperimentCard />}
      <Curves charts={["loss", "measures"]} />
      <BelowFold>{() => <Panels hasTimeline={false} />}</BelowFold>
    </div>
  );
}
