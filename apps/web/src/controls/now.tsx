import { computed } from "@preact/signals";
import { narrate, type Phase } from "../state/narration";
import { isRunning, milestones, records, shown, status, step, summary } from "../state/session";

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
    error: summary.value?.error,
  });
});

const announcement = computed(() => narration.value.announcement);

/** After Liu et al. 2022, as the timeline has them. */
const stages: { name: string; during: Phase[] }[] = [
  { name: "Confusion", during: ["ready", "learning"] },
  { name: "Memorisation", during: ["memorised", "rising"] },
  { name: "Generalisation", during: ["grokked"] },
];

/** The sentence that says what is happening, and which of the three phases that is. */
export function Now() {
  const { sentence, phase } = narration.value;
  const current = stages.findIndex(({ during }) => during.includes(phase));
  return (
    <div class="now">
      <p class="sentence">{status.value === "loading" ? "Getting ready…" : sentence}</p>
      <p class="visually-hidden" role="status">
        {announcement}
      </p>
      <ol class="phases" aria-label="Phases">
        {stages.map(({ name }, i) => {
          const isNow = i === current && phase !== "ready";
          return (
            <li
              key={name}
              class={i < current ? "past" : isNow ? "now-phase" : ""}
              aria-current={isNow ? "step" : undefined}
            >
              {name}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
