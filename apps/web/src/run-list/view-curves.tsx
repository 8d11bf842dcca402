import { attempt } from "../state/notices";
import { compareOnly } from "../state/runs";

/** Shows the curves of a run, and no other's. */
export function ViewCurves({ entry: { id, name } }: { entry: { id: string; name: string } }) {
  return (
    <button
      type="button"
      class="plain"
      aria-label={`View the curves of ${name}`}
      onClick={() => {
        attempt(compareOnly(id));
        document.getElementById("main")?.scrollIntoView();
      }}
    >
      View
    </button>
  );
}
