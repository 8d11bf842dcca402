import { ExperimentCard } from "./controls/experiment-card";
import { Stage } from "./controls/stage";
import { Curves } from "./curves/curves";
import { later } from "./layout/later";
import { Notices } from "./layout/notices";
import { Top } from "./layout/top";
import { Panels } from "./panels/panels";
import { route } from "./state/address";

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
        {route.value === "runs" ? <RunsView /> : <Watch />}
      </main>
    </>
  );
}

function Watch() {
  return (
    <div class="watch">
      <Stage />
      <ExperimentCard />
      <Curves />
      <section class="inside" aria-label="Inside the network">
        <Panels />
      </section>
    </div>
  );
}
