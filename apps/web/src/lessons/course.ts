import { computed, effect, signal, untracked } from "@preact/signals";
import { ablated } from "../state/ablation";
import { lessonInAddress } from "../state/address";
import { pause } from "../state/commands";
import { lessonBlocker } from "../state/lesson-blocker";
import { attempt, say } from "../state/notices";
import { putPartsBack } from "../state/removed-parts";
import { isRunning, milestones, records, shown, status } from "../state/session";
import { liveView, scene } from "../state/view-step";
import type { Facts, Lesson } from "./lesson";
import { lessons } from "./lessons";
import { lesson } from "./open-lesson";
import { followOwnRun, isLessonsOwn } from "./own-run";
import { followPhases, phases } from "./phases";
import { progress } from "./progress";

/** What was predicted in the open lesson, and the outcome; null before the prediction. */
export const answer = computed(() =>
  lesson.value === null ? null : (progress.value.answers[lesson.value.name] ?? null),
);

/** What the run has shown so far. */
const facts = computed(
  (): Facts => ({
    records: records.value,
    scene: scene.value,
    view: liveView.value,
    ablated: ablated.value,
    phases: phases.value,
    tMem: milestones.value.tMem,
    tGrok: milestones.value.tGrok,
    isEnded: status.value === "ended" || status.value === "failed",
    chance: shown.value?.chance ?? 0,
    firstTGrok: progress.value.firstTGrok,
  }),
);

/** What the run tells now; null if it does not yet. */
const told = computed(() =>
  isLessonsOwn.value && lesson.value !== null ? lesson.value.outcome(facts.value) : null,
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
    awaited.value !== lesson.value?.name,
);

/** Says the outcome of the prediction, and keeps it. */
export function reveal(): void {
  const key = lesson.peek()?.name;
  const [given, outcome] = [answer.peek(), told.peek()];
  if (key === undefined || given === null || outcome === null) return;
  progress.value = {
    ...progress.peek(),
    answers: { ...progress.peek().answers, [key]: { ...given, outcome } },
  };
}

/** Says what is predicted; from then on the run may go. */
export function predict(guess: string): void {
  const key = lesson.peek()?.name;
  if (key === undefined) return;
  awaited.value = null;
  progress.value = {
    ...progress.peek(),
    answers: { ...progress.peek().answers, [key]: { guess, outcome: null } },
  };
}

/** Takes a prediction back, to make another. */
export function predictAgain(): void {
  const key = lesson.peek()?.name;
  if (key === undefined) return;
  const { [key]: _, ...answers } = progress.peek().answers;
  progress.value = { ...progress.peek(), answers };
}

/** Whether a lesson's question has been answered by its run. */
export function isAnswered({ name }: Lesson): boolean {
  return (progress.value.answers[name]?.outcome ?? null) !== null;
}

/** Follows the run and the address for as long as lessons are open; gives what ends that. */
export function followCourse(): () => void {
  const ends = [
    effect(() => {
      const needs = lesson.value !== null && answer.value === null;
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
      const { value: open } = lesson;
      const isFirst =
        open !== null && open.from === undefined && Object.keys(open.flags).length === 0;
      if (tGrok === null || !isFirst || !isLessonsOwn.value) return;
      if (progress.peek().firstTGrok !== tGrok)
        progress.value = { ...progress.peek(), firstTGrok: tGrok };
    }),
    // What the run tells stays, and the run waits for the student.
    effect(() => {
      const isOpen = answer.value !== null && answer.value.outcome === null;
      if (!isOpen) return;
      const key = lesson.value?.name ?? null;
      if (told.value === null) awaited.value = key;
      else if (awaited.value === key) {
        untracked(reveal);
        if (isRunning.peek()) attempt(pause());
      }
    }),
    // A lesson begins with a whole network.
    effect(() => {
      void lesson.value;
      untracked(putPartsBack);
    }),
    followPhases(),
    followOwnRun(),
  ];
  return () => {
    for (const end of ends) end();
    lessonBlocker.value = null;
  };
}
