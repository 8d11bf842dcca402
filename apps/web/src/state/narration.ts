import type { EvaluationRecord } from "@grok/train";

/** Where a run is on its way. */
export type Phase = "ready" | "learning" | "memorised" | "rising" | "grokked" | "failed";

/** What a run has come to, as narration needs it. */
export interface NarratedRun {
  status: "idle" | "running" | "paused" | "ended" | "failed";
  step: number;
  last:
    | (Pick<EvaluationRecord, "train_acc" | "val_acc"> &
        Partial<Pick<EvaluationRecord, "train_explained" | "val_explained">>)
    | null;
  tMem: number | null;
  tGrok: number | null;
  /** Since when it has been below the threshold again, if it has. */
  tUngrok?: number | undefined;
  /** The accuracy of blind guessing; null if that is not known. */
  chance: number | null;
  /** What it is to learn, in a sentence. */
  goal?: string | undefined;
  /** Why it failed. */
  error?: string | undefined;
}

/** What to say of a run. */
export interface Narration {
  phase: Phase;
  /** A sentence that is true now, with its numbers. */
  sentence: string;
  /** The same without numbers that change all the time, for a screen reader. */
  announcement: string;
}

/** Validation accuracy up to here is chance: twice that of guessing, or three points above it. */
function isChance(accuracy: number, chance: number): boolean {
  return accuracy <= Math.max(2 * chance, chance + 0.03);
}

/** From this validation accuracy on the network is said to generalise. */
const rising = 0.3;

/** Says what is happening now. */
export function narrate(run: NarratedRun): Narration {
  const told = narrated(run);
  if (run.status === "paused" && run.step > 0) {
    const paused = `Paused at step ${steps(run.step)}.`;
    return {
      ...told,
      sentence: `${paused} ${told.sentence}`,
      announcement: `${paused} ${told.announcement}`,
    };
  }
  return told;
}

function narrated({
  status,
  step,
  last,
  tMem,
  tGrok,
  tUngrok,
  chance,
  goal = "Nothing is learned yet.",
  error,
}: NarratedRun): Narration {
  if (status === "failed") {
    const sentence = `The run failed at step ${steps(step)}. ${error ?? ""}`.trim();
    return { phase: "failed", sentence, announcement: sentence };
  }
  if (tGrok !== null && tUngrok !== undefined) return forgotten(tGrok, tUngrok, last);
  if (tGrok !== null) return grokked(tMem, tGrok);
  if (last === null) {
    return step === 0 && status !== "running"
      ? same("ready", `${goal} Press Start.`)
      : same("learning", "It practises.");
  }
  if (Number.isNaN(last.val_acc)) return ofValues(last, status === "ended", step, tMem);
  const val = percent(last.val_acc);
  const guess = chance === null ? "" : `, and guessing gives ${percent(chance)}`;
  if (tMem === null) {
    const train = `${percent(last.train_acc)} of its practice questions`;
    return {
      phase: "learning",
      sentence:
        status === "ended"
          ? `It ended at step ${steps(step)} before it knew its practice questions: it gets ${train} right.`
          : `It practises: it gets ${train} right, and ${val} of those it has never seen${guess}.`,
      announcement:
        status === "ended" ? "It ended before it knew its practice questions." : "It practises.",
    };
  }
  const memorised = `knows its practice questions by heart (step ${steps(tMem)})`;
  const begin = status === "ended" ? `It has ended, and ${memorised}` : `It ${memorised}`;
  if (last.val_acc < rising) {
    const isGuessing = chance !== null && isChance(last.val_acc, chance);
    const others = isGuessing
      ? "On questions it has never seen it is no better than guessing"
      : "Of the questions it has never seen it gets few right";
    return {
      phase: "memorised",
      sentence: `${begin}. ${others} (${val}${guess}).`,
      announcement: `${begin}. ${others}.`,
    };
  }
  return {
    phase: "rising",
    sentence: `${begin}. Of the questions it has never seen it gets ${val} right now.`,
    announcement: `${begin}. ${status === "ended" ? "It did not find the rule in full" : "Now it gets questions right that it has never seen"}.`,
  };
}

/** The words for a run whose answers are values: the network explains a share of their variance. */
function ofValues(
  { train_explained, val_explained }: NonNullable<NarratedRun["last"]>,
  hasEnded: boolean,
  step: number,
  tMem: number | null,
): Narration {
  const [train, val] = [train_explained, val_explained].map((share) =>
    // Below 0 a network predicts worse than the mean of the targets.
    share == null ? "an unknown share" : share < 0 ? "none" : percent(share),
  );
  const begin =
    tMem !== null
      ? `Memorised at step ${steps(tMem)}`
      : hasEnded
        ? `Ended at step ${steps(step)}`
        : "Learning";
  const explains = `it explains ${train} of the training targets' variance and ${val} of the others'`;
  return {
    phase: tMem === null ? "learning" : "memorised",
    sentence: `${begin}: ${explains}.`,
    announcement: `${begin}.`,
  };
}

function grokked(tMem: number | null, tGrok: number): Narration {
  const found = `found the rule at step ${steps(tGrok)}`;
  if (tMem === null || tMem >= tGrok) {
    return same("grokked", `It ${found}, without learning its practice questions by heart first.`);
  }
  const times = tGrok / tMem;
  const ratio = `${times >= 10 ? Math.round(times) : times.toFixed(1)} times later`;
  return same("grokked", `It grokked! It memorised at step ${steps(tMem)} and ${found}, ${ratio}.`);
}

/** The words for a run that had generalised, and does no longer. */
function forgotten(tGrok: number, tUngrok: number, last: NarratedRun["last"]): Narration {
  const begin = `It found the rule at step ${steps(tGrok)} and lost it at step ${steps(tUngrok)}`;
  // Of answers that are values there is no accuracy to name.
  const isAccuracy = last !== null && !Number.isNaN(last.val_acc);
  const now = isAccuracy ? `: it gets ${percent(last.val_acc)} of unseen questions right now` : "";
  return { phase: "rising", sentence: `${begin}${now}.`, announcement: `${begin}.` };
}

function same(phase: Phase, sentence: string): Narration {
  return { phase, sentence, announcement: sentence };
}

function steps(count: number): string {
  return count.toLocaleString("en");
}

/** An accuracy in percent, with a decimal where it is small. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value > 99.95) return "100%";
  const isExact = Math.abs(value) < 10 || value > 99;
  return `${isExact ? value.toFixed(1) : Math.round(value)}%`.replace("-", "−");
}
