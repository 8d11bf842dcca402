import "./sweep.css";
import { useEffect, useState } from "preact/hooks";
import { titleOf } from "../controls/setting";
import { Copied } from "../share/copied";
import { sweepCommandOf } from "../share/program";
import { trainSideBySide } from "../side-by-side/side-runs";
import { given } from "../state/experiment";
import { attempt, sayError } from "../state/notices";
import { isOpen } from "../state/parts";
import { shown } from "../state/session";
import { clearSeveral, severalValues } from "../state/several-values";
import { isReady } from "../state/transport";
import { resolvePoints, type SweepPlan } from "./resolve-points";
import { countOf, maxSweepRuns } from "./values-in";

/** The runs that fields with several values make: how many, what they are as a command, and a press that trains them. */
export default function SweepCard() {
  const several = severalValues.value;
  const flags = given.value;
  const count = countOf(several);
  const tooMany = count > maxSweepRuns;
  const [plan, setPlan] = useState<SweepPlan | null>(null);
  useEffect(() => {
    setPlan(null);
    if (tooMany) return;
    let isWanted = true;
    resolvePoints(several).then((made) => {
      if (isWanted) setPlan(made);
    }, sayError);
    return () => {
      isWanted = false;
    };
  }, [several, flags, tooMany]);
  const { value: what } = shown;
  const error = tooMany
    ? `These make ${count} runs, and the page trains at most ${maxSweepRuns} at once. The command below takes any number.`
    : plan?.ok === false
      ? plan.error
      : null;
  const threads = navigator.hardwareConcurrency;
  return (
    <section class="sweep-plan" aria-label="Sweep">
      <p>
        <b>A sweep of {count} runs:</b>{" "}
        {Object.entries(several)
          .map(([name, values]) => `${titleOf(name)} ${values.join(", ")}`)
          .join("; ")}
        .
      </p>
      {error !== null ? (
        <p class="faults" role="alert">
          {error}
        </p>
      ) : (
        <p class="faint">
          They train side by side, {threads} at a time with one thread each, to their last step, and
          each is kept in Runs. Start still trains one run, with{" "}
          {Object.keys(several)
            .map((name) => `${titleOf(name)} ${what?.values[name] ?? "none"}`)
            .join(" and ")}
          .
        </p>
      )}
      <p class="buttons">
        <button
          type="button"
          class="plain primary"
          disabled={plan?.ok !== true || !isReady.value || !isOpen("start")}
          onClick={() => plan?.ok === true && attempt(trainSideBySide(plan.experiments))}
        >
          Train all {count}
        </button>
        <button type="button" class="quiet" onClick={clearSeveral}>
          One value each again
        </button>
      </p>
      {what?.controls != null && (
        <details>
          <summary>As a command</summary>
          <Copied
            text={sweepCommandOf({ controls: what.controls }, several)}
            what="sweep's command"
          />
        </details>
      )}
    </section>
  );
}
