import { type LearningPhase, phaseSpans } from "@grok/metrics/statistics";
import { computed } from "@preact/signals";
import { goalText } from "../state/goal";
import { narrate } from "../state/narration";
import { isRunning, milestones, records, shown, status, step, summary } from "../state/session";
import { scene } from "../state/view-step";

/** What is happening, as it is now. */
export const narration = computed(() => {
  const { tMem, tGrok, tUngrok } = milestones.value;
  const phase = status.value;
  return narrate({
    status: isRunning.value
      ? "running"
      : phase === "paused" || phase === "ended" || phase === "failed"
        ? phase
        : "idle",
    step: step.value,
    last: records.value.at(-1) ?? null,
    tMem,
    tGrok,
    tUngrok,
    chance: shown.value?.chance ?? null,
    goal: shown.value === null ? undefined : goalText(shown.value.task, scene.value),
    error: summary.value?.error,
  });
});

const announcement = computed(() => narration.value.announcement);

/** After Liu et al. 2022, as the timeline has them. */
const stages: readonly LearningPhase[] = ["confusion", "memorisation", "grokking", "comprehension"];

/** The sentence that says what is happening, and which of the four phases that is. */
export function Now() {
  const { sentence, phase } = narration.value;
  const now = phaseSpans(records.value).at(-1)?.phase;
  const current = now === undefined ? -1 : stages.indexOf(now);
  return (
    <div class={`now now-${phase}`}>
      <p class="sentence">{status.value === "loading" ? "Getting ready…" : sentence}</p>
      <p class="visually-hidden" role="status">
        {announcement}
      </p>
      {phase === "ready" ? (
        <p class="promise">{promise}</p>
      ) : (
        <ol class="phases" aria-label="Phases">
          {stages.map((name, i) => (
            <li
              key={name}
              class={i < current ? "past" : i === current ? "now-phase" : ""}
              aria-current={i === current ? "step" : undefined}
            >
              {name}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** What is strange about it, before anything is seen. */
const promise =
  "First it learns its practice questions by heart and gets nothing else right. Long after that, though nothing new is shown to it, it may suddenly find the rule. That is called grokking.";
