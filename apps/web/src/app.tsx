import { ExperimentCard } from "./controls/experiment-card";
import { Stage } from "./controls/stage";
import { Curves } from "./curves/curves";
import { later } from "./layout/later";
import { Notices } from "./layout/notices";
import { Top } from "./layout/top";
import { Panels } from "./panels/panels";
import { route } from "./state/address";
import { standingOf } from "./state/parts";

const LessonsView = later(() => import("./lessons/lessons-view"));
const RunsView = later(() => import("./run-list/runs-view"));

/** The page. */
export function App() {
  return (
    <>
      <a class="skip" href="#main">
        To the run
      </a>
      <Top />
      <main id="main" tabIndex={-1}>
        <Notices />
        <View />
      </main>
    </>
  );
}

function View() {
  const open = standingOf(route.value) === "hidden" ? "watch" : route.value;
  if (open === "runs") return <RunsView />;
  return open === "lessons" ? <LessonsView /> : <Watch />;
}

function Watch() {
  const hasCard = standingOf("settings") !== "hidden" || standingOf("preset") !== "hidden";
  return (
    <div class={hasCard ? "watch" : "watch watch-wide"}>
      <Stage />
      {hasCard && <ExperimentCard />}
      <Curves />
      <Panels />
    </div>
  );
}
