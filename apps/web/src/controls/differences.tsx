import "./differences.css";
import { useEffect, useState } from "preact/hooks";
import { setFlag } from "../state/commands";
import { engine } from "../state/engine";
import { base, given } from "../state/experiment";
import { attempt, sayError } from "../state/notices";
import { isOpen } from "../state/parts";
import { titleOf } from "./setting";

/** What was set otherwise than in the preset: each setting before and after, and a press that puts it back. */
export default function Differences() {
  const { value: from } = base;
  const [before, setBefore] = useState<Readonly<Record<string, string | null>> | null>(null);
  useEffect(() => {
    setBefore(null);
    let isWanted = true;
    engine()
      .experiments.resolve(from.preset, { ...from.flags }, null)
      .then((made) => {
        if (isWanted && made.ok) setBefore(made.values);
      }, sayError);
    return () => {
      isWanted = false;
    };
  }, [from]);
  const changed = Object.entries(given.value).filter(([name, value]) => before?.[name] !== value);
  if (before === null || changed.length === 0) return null;
  return (
    <section class="differences" aria-label="What differs from the preset">
      <h3>
        {changed.length} {changed.length === 1 ? "setting differs" : "settings differ"} from{" "}
        {from.title}
      </h3>
      <ul>
        {changed.map(([name, value]) => (
          <li key={name}>
            <span>
              {titleOf(name)}: <del>{before[name] ?? "none"}</del> <ins>{value}</ins>
            </span>
            {isOpen(name) && (
              <button
                type="button"
                class="quiet"
                aria-label={`${titleOf(name)}: put back to ${before[name] ?? "none"}`}
                onClick={() => attempt(setFlag(name, null))}
              >
                Put back
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
