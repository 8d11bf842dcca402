import { currentView } from "../state/view-step";

/** The panels of the inside of the network. */
export function Panels() {
  const view = currentView.value;
  if (view === null) return null;
  return <p>Inside the network at step {view.step}.</p>;
}
