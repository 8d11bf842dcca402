import { ExperimentCard } from "./controls/experiment-card";
import { Stage } from "./controls/stage";
import { Curves } from "./curves/curves";
import { Notices } from "./layout/notices";
import { Top } from "./layout/top";
import { Panels } from "./panels/panels";
import { route } from "./state/address";

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
        {route.value === "watch" && <Watch />}
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
