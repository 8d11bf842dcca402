import { batch, computed, effect, untracked } from "@preact/signals";
import { lessonInAddress } from "../state/address";
import { choose, openRun, pause, showRecording } from "../state/commands";
import { engine } from "../state/engine";
import { lessonBlocker } from "../state/lesson-blocker";
import { attempt, say } from "../state/notices";
import { recordings } from "../state/recordings";
import { runs } from "../state/runs";
import { isRunning, label, milestones, recorded, records, shown, status } from "../state/session";
import { quick } from "../state/starting-point";
import { hasBegun } from "../state/transport";
import { liveView, scene } from "../state/view-step";
import type { Facts, Lesson, LessonStep } from "./lesson";
import { lessons } from "./lessons";
import { progress } from "./progress";

/** The lesson that the address names; null for the list of them. */
export const lesson = computed(
  () => lessons.find(({ name }) => name === lessonInAddress.value) ?? null,
);

/** The place of the step that is open. */
export const place = computed(() => {
  const { value: open } = lesson;
  if (open === null) return 0;
  return Math.min(Math.max(progress.value.at[open.name] ?? 0, 0), open.steps.length - 1);
});

/** The step that is open. */
export const step = computed(() => lesson.value?.steps[place.value] ?? null);

/** What was predicted at it, and what came of it; null before the prediction. */
export const answer = computed(() => {
  const key = keyOf(lesson.value, step.value);
  return key === null ? null : (progress.value.answers[key] ?? null);
});

/** What the run has shown so far. */
const facts = computed(
  (): Facts => ({
    records: records.value,
    scene: scene.value,
    view: liveView.value,
    tMem: milestones.value.tMem,
    tGrok: milestones.value.tGrok,
    isEnded: status.value === "ended" || status.value === "failed",
    chance: shown.value?.chance ?? 0,
    firstTGrok: progress.value.firstTGrok,
  }),
);

/** Whether the network that is shown is the lesson's. */
export const isLessonsOwn = computed(() => {
  const { value: open } = lesson;
  const { value: what } = shown;
  if (open === null || what === null) return false;
  const wanted: Record<string, string> = { ...quick.flags, ...open.flags };
  return (
    what.experiment.preset === quick.preset &&
    Object.entries(wanted).every(([name, value]) => what.values[name] === value)
  );
});

/** What the run tells now; null where it does not yet. */
const told = computed(() =>
  isLessonsOwn.value && step.value !== null ? step.value.outcome(facts.value) : null,
);

/** Says what is predicted; from then on the run may go. */
export function predict(guess: string): void {
  const key = keyOf(lesson.peek(), step.peek());
  if (key === null) return;
  progress.value = {
    ...progress.peek(),
    answers: { ...progress.peek().answers, [key]: { guess, outcome: null } },
  };
}

/** Takes a prediction back, to make another. */
export function predictAgain(): void {
  const key = keyOf(lesson.peek(), step.peek());
  if (key === null) return;
  const { [key]: _, ...answers } = progress.peek().answers;
  progress.value = { ...progress.peek(), answers };
}

/** Opens a step of the lesson. */
export function goTo(index: number): void {
  const { name } = lesson.peek() ?? {};
  if (name === undefined) return;
  progress.value = { ...progress.peek(), at: { ...progress.peek().at, [name]: index } };
}

/** How many of a lesson's questions the run has answered. */
export function answered(of: Lesson): number {
  return of.steps.filter((each) => {
    const key = keyOf(of, each);
    return key !== null && (progress.value.answers[key]?.outcome ?? null) !== null;
  }).length;
}

function keyOf(of: Lesson | null, at: LessonStep | null): string | null {
  return of === null || at === null ? null : `${of.name}.${at.name}`;
}

/** Follows the run and the address for as long as lessons are open; gives what ends that. */
export function followCourse(): () => void {
  let prepared: Lesson | null = null;
  const ends = [
    effect(() => {
      const needs = step.value !== null && answer.value === null;
      lessonBlocker.value = needs ? "Make your prediction first." : null;
    }),
    effect(() => {
      const name = lessonInAddress.value;
      if (name === null || lesson.value !== null) return;
      const names = lessons.map((each) => each.name).join(", ");
      untracked(() =>
        say("error", `There is no lesson "${name.slice(0, 40)}"; lessons are ${names}.`),
      );
    }),
    // The lesson's own network, with the run that was begun of it.
    effect(() => {
      const { value: open } = lesson;
      const isReady = !["loading", "crashed"].includes(status.value) && shown.value !== null;
      if (open === prepared || !isReady) return;
      prepared = open;
      if (open !== null) untracked(() => attempt(prepare(open)));
    }),
    effect(() => {
      const { value: open } = lesson;
      const id = label.value?.id;
      if (open === null || id === undefined || !isLessonsOwn.value) return;
      const key = networkOf(open);
      const { runs: known } = progress.peek();
      if (known[key] !== id) progress.value = { ...progress.peek(), runs: { ...known, [key]: id } };
    }),
    effect(() => {
      const { tGrok } = milestones.value;
      const isFirst = lesson.value !== null && Object.keys(lesson.value.flags).length === 0;
      if (tGrok === null || !isFirst || !isLessonsOwn.value) return;
      if (progress.peek().firstTGrok !== tGrok)
        progress.value = { ...progress.peek(), firstTGrok: tGrok };
    }),
    // What the run tells stays, and the run waits for the student.
    effect(() => {
      const { value: outcome } = told;
      const { value: given } = answer;
      const key = keyOf(lesson.value, step.value);
      if (outcome === null || given === null || given.outcome !== null || key === null) return;
      batch(() => {
        progress.value = {
          ...progress.peek(),
          answers: { ...progress.peek().answers, [key]: { ...given, outcome } },
        };
      });
      if (isRunning.peek()) attempt(pause());
    }),
  ];
  return () => {
    for (const end of ends) end();
    lessonBlocker.value = null;
  };
}

function networkOf({ flags }: Lesson): string {
  return JSON.stringify(flags);
}

/** Shows the lesson's network: as it stands, from the list of runs, or before its first step. */
export async function prepare(open: Lesson): Promise<void> {
  if (isLessonsOwn.peek() && hasBegun.peek()) return;
  const wasRecorded = recorded.peek() !== null;
  if (isRunning.peek() && label.peek() !== null)
    say("notice", "The run that was going waits in the list of runs.");
  const id = progress.peek().runs[networkOf(open)];
  const isKept = runs.peek().some((each) => each.id === id && each.run !== null);
  if (wasRecorded && !isLessonsOwn.peek()) {
    const wanted = await engine().resolve(quick.preset, { ...quick.flags, ...open.flags }, null);
    const own = recordings.find(({ link }) => wanted.ok && link === wanted.link);
    if (own !== undefined) return await showRecording(own);
  }
  if (id !== undefined && isKept && !wasRecorded) await openRun(id);
  if (!isLessonsOwn.peek()) await choose(quick.name, { ...open.flags });
}
