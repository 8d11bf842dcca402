import { computed, effect, signal, untracked } from "@preact/signals";
import { choose, openRun, showRecording } from "../state/commands";
import { engine } from "../state/engine";
import { attempt } from "../state/notices";
import { recordings } from "../state/recordings";
import { runs } from "../state/runs";
import { label, recorded, shown, status } from "../state/session";
import { quick } from "../state/starting-point";
import { hasBegun, isReady } from "../state/transport";
import type { Lesson } from "./lesson";
import { lesson } from "./open-lesson";
import { progress } from "./progress";

/** What a lesson's run begins from, and the settings by which it is known. */
function originOf({ from }: Lesson): {
  name: string;
  preset: string;
  flags: Record<string, string>;
} {
  if (from === undefined) return quick;
  return { name: from, preset: from, flags: { p: "97", "train-fraction": "0.5", seed: "0" } };
}

/** Whether the network that is shown is the lesson's. */
export const isLessonsOwn = computed(() => {
  const { value: open } = lesson;
  const { value: what } = shown;
  if (open === null || what === null) return false;
  const { preset, flags } = originOf(open);
  const wanted: Record<string, string> = { ...flags, ...open.flags };
  return (
    what.experiment.preset === preset &&
    Object.entries(wanted).every(([name, value]) => what.values[name] === value)
  );
});

/** What was shown for a lesson: a run of the same network that was trained elsewhere is another. */
let ours: typeof shown.value = null;

/** The lesson whose network was prepared last, as far as that went. */
const prepared = signal<Lesson | null>(null);

/** Whether another network is shown in a lesson, and not only until its own is there. */
export const isAnotherShown = computed(
  () =>
    lesson.value !== null &&
    prepared.value === lesson.value &&
    isReady.value &&
    !isLessonsOwn.value,
);

/** Shows the lesson's run: the one begun in a lesson, or a new one, before its first step. */
export async function prepare(open: Lesson): Promise<void> {
  if (isLessonsOwn.peek() && ours === shown.peek()) return;
  const wasRecorded = recorded.peek() !== null;
  const id = progress.peek().runs[networkOf(open)];
  const isKept = runs.peek().some((each) => each.id === id && each.run !== null);
  if (wasRecorded) {
    const { preset, flags } = originOf(open);
    const wanted = await engine().experiments.resolve(preset, { ...flags, ...open.flags }, null);
    const own = recordings.find(({ link }) => wanted.ok && link === wanted.link);
    if (own !== undefined) {
      await showRecording(own);
      ours = shown.peek();
      return;
    }
  }
  if (id !== undefined && isKept) await openRun(id);
  if (!isLessonsOwn.peek() || label.peek()?.id !== id || id === undefined)
    await choose(originOf(open).name, { ...open.flags });
  ours = shown.peek();
}

/** Shows each lesson's run as it is opened, and remembers it; gives what ends that. */
export function followOwnRun(): () => void {
  let begun: Lesson | null = null;
  const ends = [
    effect(() => {
      const { value: open } = lesson;
      const canBegin = !["loading", "crashed"].includes(status.value) && shown.value !== null;
      if (open === begun || !canBegin) return;
      begun = open;
      prepared.value = null;
      if (open === null) return;
      const preparing = untracked(() => prepare(open));
      attempt(
        preparing.finally(() => {
          if (begun === open) prepared.value = open;
        }),
      );
    }),
    effect(() => {
      // A run that is begun again in a lesson is the lesson's, too.
      if (isLessonsOwn.value && !hasBegun.value) ours = shown.value;
    }),
    effect(() => {
      const { value: open } = lesson;
      const id = label.value?.id;
      if (open === null || id === undefined || !isLessonsOwn.value || ours !== shown.value) return;
      const key = networkOf(open);
      const { runs: known } = progress.peek();
      if (known[key] !== id) progress.value = { ...progress.peek(), runs: { ...known, [key]: id } };
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function networkOf({ from, flags }: Lesson): string {
  return from === undefined ? JSON.stringify(flags) : `${from} ${JSON.stringify(flags)}`;
}
