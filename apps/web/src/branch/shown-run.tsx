import { attempt } from "../state/notices";
import { isParentShown, parentRun } from "../state/parent-run";
import { showParent } from "../state/view-step";

/** Chooses which of a branch and its parent the timeline and the panels show, at the same step. */
export function ShownRun() {
  const { value: parent } = parentRun;
  if (parent === null) return null;
  const { fork, parent: before } = parent.difference;
  return (
    <fieldset class="segments shown-run" aria-label="The timeline and the panels show">
      {[
        { isParent: false, name: "Branch", text: fork },
        { isParent: true, name: "Parent", text: before },
      ].map(({ isParent, name, text }) => (
        <label key={name}>
          <input
            type="radio"
            name="shown-run"
            checked={isParentShown.value === isParent}
            onChange={() => attempt(showParent(isParent))}
          />
          <span>
            {name}
            {text !== "" && `: ${text}`}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
