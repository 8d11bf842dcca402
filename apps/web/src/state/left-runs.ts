import { effect, untracked } from "@preact/signals";
import type { Described } from "../worker/protocol";
import { makeBranch } from "./branch";
import { openRun, start } from "./commands";
import { putAway, say } from "./notices";
import { runs } from "./runs";
import { label, recorded, shown, status, step, summary } from "./session";
import { isDone } from "./transport";

/** A run that was on the page until something else was shown. */
interface LeftRun {
  id: string;
  step: number;
  isDone: boolean;
  what: Described;
}

/** What was said last of a run that was left: only the newest is of use. */
let told: number | undefined;

/** Says where a run is that is left behind, and how to continue with it. */
export function followLeftRuns(): void {
  let left: LeftRun | null = null;
  let before: Described | null = null;
  let hasLooked = false;
  effect(() => {
    const what = shown.value;
    const id = label.value?.id;
    const now =
      id === undefined || what === null
        ? null
        : { id, what, step: step.value, isDone: isDone.value };
    const isLoading = status.value === "loading";
    untracked(() => {
      if (what !== null && now === null && recorded.peek() === null) {
        if (left !== null && what !== before) tellLeft(left, what);
        else if (!hasLooked && !isLoading) tellWaiting(what);
      }
      hasLooked ||= what !== null && !isLoading;
      left = now;
      before = what;
    });
  });
}

/** Says that a run was left for another experiment. */
function tellLeft(left: LeftRun, next: Described): void {
  // Who begins again knows where it is.
  if (JSON.stringify(next.experiment) === JSON.stringify(left.what.experiment)) return;
  const at = left.step.toLocaleString("en");
  if (!left.isDone && left.step > 0) {
    sayOnly(`The run with the settings before waits at step ${at} in the list of runs.`, {
      title: "Go back to it",
      act: () => openRun(left.id),
    });
    return;
  }
  const { steps } = next.experiment.training;
  const isLonger = steps > left.step && isSameBut(left.what, next, "steps");
  if (!left.isDone || !isLonger || summary.peek()?.status === "failed") return;
  const last = steps.toLocaleString("en");
  sayOnly(`The run of before ended at step ${at}; it can be trained on to step ${last}.`, {
    title: `Train it on from step ${at}`,
    act: async () => {
      const fault = await makeBranch({
        id: left.id,
        at: left.step,
        fields: { steps: String(steps) },
      });
      if (fault !== null) say("error", fault.error);
    },
  });
}

/** Says that a run of the experiment that the page opens with has begun and not ended. */
function tellWaiting({ experiment, link }: Described): void {
  const waiting = runs
    .peek()
    .find(
      ({ run, summary: end }) =>
        run !== null &&
        link !== null &&
        run.link === link &&
        run.step > 0 &&
        run.step < experiment.training.steps &&
        (end === null || end.status === "interrupted"),
    );
  if (waiting?.run == null) return;
  const at = waiting.run.step.toLocaleString("en");
  sayOnly(`A run of this experiment waits at step ${at}.`, {
    title: `Continue it at step ${at}`,
    act: async () => {
      await openRun(waiting.id);
      await start();
    },
  });
}

function sayOnly(...what: [text: string, action: { title: string; act: () => Promise<unknown> }]) {
  if (told !== undefined) putAway(told);
  told = say("notice", ...what);
}

/** Whether two experiments have the same settings except one flag's. */
function isSameBut(one: Described, other: Described, flag: string): boolean {
  return (
    JSON.stringify({ ...one.values, [flag]: "" }) ===
    JSON.stringify({ ...other.values, [flag]: "" })
  );
}
