import type { Experiment } from "@grok/train";
import "./offers.css";
import { choose, start, tryFlags } from "../state/commands";
import { baseName, given } from "../state/experiment";
import { attempt } from "../state/notices";
import { isOpen, visibilityOf } from "../state/parts";
import { milestones, recorded, shown } from "../state/session";
import { quick } from "../state/starting-point";
import { isReady } from "../state/transport";
import { whatIfs } from "./offers-for";

/** The network that groks within a second or two. */
const fastest = { name: "quadratic", text: "a network that groks in seconds" };

/** Loaded when it is asked for, as few are at first. */
async function trainEight(experiment: Experiment): Promise<void> {
  const { trainEightSeeds } = await import("../side-by-side/side-runs");
  await trainEightSeeds(experiment);
}

/** What else could happen: each press changes one thing and trains at once. */
export function Offers() {
  const { value: what } = shown;
  if (what === null || !isOpen("start")) return null;
  const changes = whatIfs(what.values, given.value).filter(({ flags }) =>
    Object.keys(flags).every(isOpen),
  );
  const isQuick = baseName.value === quick.name && Object.keys(given.value).length === 0;
  const canChoose = visibilityOf("preset") === "shown";
  if (changes.length === 0 && !canChoose) return null;
  const isDisabled = !isReady.value || recorded.value !== null;
  const hasGrokked = milestones.value.tGrok !== null;
  return (
    <section class={`card offers${hasGrokked ? " offers-now" : ""}`} aria-labelledby="offers-title">
      <h2 id="offers-title">What if it is trained …</h2>
      <p class="buttons">
        {changes.map(({ name, text, flags }) => (
          <button
            key={name}
            type="button"
            class="plain"
            disabled={isDisabled}
            onClick={() => attempt(tryFlags(flags))}
          >
            {text}
          </button>
        ))}
        {isOpen("seed") && (
          <button
            type="button"
            class="plain"
            disabled={isDisabled || what.unready !== null}
            onClick={() => attempt(trainEight(what.experiment))}
          >
            with eight seeds at once
          </button>
        )}
      </p>
      {canChoose && (
        <p class="offers-other">
          Or:{" "}
          {!isQuick && (
            <>
              <button
                type="button"
                class="quiet"
                disabled={!isReady.value}
                onClick={() => attempt(choose(quick.name))}
              >
                back to the first network
              </button>
              {baseName.value !== fastest.name && " · "}
            </>
          )}
          {baseName.value !== fastest.name && (
            <button
              type="button"
              class="quiet"
              disabled={!isReady.value}
              onClick={() => attempt(choose(fastest.name).then(start))}
            >
              {fastest.text}
            </button>
          )}
        </p>
      )}
    </section>
  );
}
