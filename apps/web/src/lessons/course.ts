import { computed, effect, signal, untracked } from "@preact/signals";
import { lessonInAddress } from "../state/address";
import { pause } from "../state/commands";
import { lessonBlocker } from "../state/lesson-blocker";
import { attempt, say } from "../state/notices";
import { isRunning, milestones, records, shown, status } from "../state/session";
import { currentView, liveView, scene, traces, viewStep } from "../state/view-step";
import type { Facts, Lesson, LessonStep } from "./lesson";
import { lessons } from "./lessons";
import { lesson, step } from "./open-lesson";
import { followOwnRun, isLessonsOwn } from "./own-run";
import { progress } from "./progress";

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
    view: step.value?.looksAt === undefined ? liveView.value : currentView.value,
    viewSteps: traces.value.map((trace) => trace.step),
    tMem: milestones.value.tMem,
    tGrok: milestones.value.tGrok,
    isEnded: status.value === "ended" || status.value === "failed",
    chance: shown.value?.chance ?? 0,
    firstTGrok: progress.value.firstTGrok,
  }),
);

/** What the run tells now; null where it does not yet. */
const told = computed(() =>
  isLessonsOwn.value && step.value !== null ? step.value.outcome(facts.value) : null,
);

/** Whether what is on the screen would answer the question that is open. */
export const isConcealed = computed(() => answer.value === null && told.value !== null);

/** The question whose answer training has yet to show: it tells by itself when it has. */
const awaited = signal<string | null>(null);

/** Whether the run has had the answer all along, so that the student looks first. */
export const mustLook = computed(
  () =>
    answer.value !== null &&
    answer.value.outcome === null &&
    told.value !== null &&
    awaited.value !== keyOf(lesson.value, step.value),
);

/** Says what came of the prediction, and keeps it. */
export function reveal(): void {
  const key = keyOf(lesson.peek(), step.peek());
  const [given, outcome] = [answer.peek(), told.peek()];
  if (key === null || given === null || outcome === null) return;
  progress.value = {
    ...progress.peek(),
    answers: { ...progress.peek().answers, [key]: { ...given, outcome } },
  };
}

/** Says what is predicted; from then on the run may go. */
export function predict(guess: string): void {
  const key = keyOf(lesson.peek(), step.peek());
  if (key === null) return;
  awaited.value = null;
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
    effect(() => {
      const { tGrok } = milestones.value;
      const isFirst = lesson.value !== null && Object.keys(lesson.value.flags).length === 0;
      if (tGrok === null || !isFirst || !isLessonsOwn.value) return;
      if (progress.peek().firstTGrok !== tGrok)
        progress.value = { ...progress.peek(), firstTGrok: tGrok };
    }),
    // What the run tells stays, and the run waits for the student.
    effect(() => {
      const isOpen = answer.value !== null && answer.value.outcome === null;
      if (!isOpen) return;
      const key = keyOf(lesson.value, step.value);
      if (told.value === null) awaited.value = key;
      else if (awaited.value === key) {
        untracked(reveal);
        if (isRunning.peek()) attempt(pause());
      }
    }),
    // Some questions are about an earlier step than the newest.
    effect(() => {
      const isPredicted = answer.value !== null;
      const at = step.value?.looksAt;
      if (at === undefined || !isPredicted) return;
      untracked(() => attempt(viewStep(at(facts.peek()))));
      return () => attempt(viewStep(null));
    }),
    followOwnRun(),
  ];
  return () => {
    for (const end of ends) end();
    lessonBlocker.value = null;
  };
}
