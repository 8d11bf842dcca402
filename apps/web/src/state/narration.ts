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
      ? same("ready", "Ready. Nothing is learned yet: press Start.")
      : same("learning", "Learning the training examples.");
  }
  if (Number.isNaN(last.val_acc)) return ofValues(last, status === "ended", step, tMem);
  const val = percent(last.val_acc);
  const guess = chance === null ? null : `guessing gives ${percent(chance)}`;
  if (tMem === null) {
    const announcement =
      status === "ended" ? "Ended before it memorised." : "Learning the training examples.";
    const sentence =
      status === "ended"
        ? `Ended at step ${steps(step)} before it memorised: ${percent(last.train_acc)} of the training examples are right.`
        : `Learning: ${percent(last.train_acc)} of the training examples right, ${val} of the others${guess === null ? "" : ` (${guess})`}.`;
    return { phase: "learning", sentence, announcement };
  }
  const memorised = `Memorised at step ${steps(tMem)}`;
  if (last.val_acc < rising) {
    const level = chance !== null && isChance(last.val_acc, chance) ? "at chance" : "low";
    const end = status === "ended" ? `ended with validation ${level}` : `validation still ${level}`;
    return {
      phase: "memorised",
      sentence: `${memorised}; ${end} (${[val, guess].filter(Boolean).join("; ")}).`,
      announcement: `${memorised}; ${end}.`,
    };
  }
  const end = status === "ended" ? "ended with validation at" : "validation is rising:";
  return {
    phase: "rising",
    sentence: `${memorised}; ${end} ${val}.`,
    announcement: `${memorised}; ${status === "ended" ? "ended before it generalised" : "validation is rising"}.`,
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
  if (tMem === null || tMem >= tGrok) {
    return same("grokked", `Generalised at step ${steps(tGrok)}, without memorising first.`);
  }
  const times = tGrok / tMem;
  const ratio = `${times >= 10 ? Math.round(times) : times.toFixed(1)} times as late`;
  return same(
    "grokked",
    `Grokked: memorised at step ${steps(tMem)}, generalised at step ${steps(tGrok)}, ${ratio}.`,
  );
}

/** The words for a run that had generalised, and does no longer. */
function forgotten(tGrok: number, tUngrok: number, last: NarratedRun["last"]): Narration {
  const begin = `Generalised at step ${steps(tGrok)}, and forgot again at step ${steps(tUngrok)}`;
  // Of answers that are values there is no accuracy to name.
  const isAccuracy = last !== null && !Number.isNaN(last.val_acc);
  const now = isAccuracy ? `: validation is at ${percent(last.val_acc)} now` : "";
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
