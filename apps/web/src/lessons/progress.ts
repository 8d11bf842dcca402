import { effect, signal } from "@preact/signals";
import type { Outcome } from "./lesson";

/** What a student predicted in a lesson, and the outcome. */
export interface Answer {
  guess: string;
  /** Null until the run has told. */
  outcome: Outcome | null;
}

/** How far a student has come; kept in the browser. */
export interface Progress {
  /** By lesson. */
  answers: Readonly<Record<string, Answer>>;
  /** By the settings of a lesson's network: its run in the library. */
  runs: Readonly<Record<string, string>>;
  /** Where the first lesson's run generalised. */
  firstTGrok: number | null;
}

const key = "grok-lessons";
const none: Progress = { answers: {}, runs: {}, firstTGrok: null };

/** See {@link Progress}. */
export const progress = signal<Progress>(readProgress(stored()));

/** Keeps every change of the progress in the browser, as far as it keeps anything. */
export function keepProgress(): () => void {
  return effect(() => {
    const text = JSON.stringify(progress.value);
    try {
      localStorage.setItem(key, text);
    } catch {
      // Where nothing can be stored it lasts as long as the page.
    }
  });
}

/** Begins the lessons again; runs stay in their list. */
export function forgetProgress(): void {
  progress.value = none;
}

/** Reads what was kept; whatever is not as it should be is left out. */
export function readProgress(text: string | null): Progress {
  try {
    const { answers, runs, firstTGrok } = JSON.parse(text ?? "{}") as Record<string, unknown>;
    return {
      answers: entriesOf(answers, isAnswer),
      runs: entriesOf(runs, (value): value is string => typeof value === "string"),
      firstTGrok: Number.isSafeInteger(firstTGrok) ? (firstTGrok as number) : null,
    };
  } catch {
    return none;
  }
}

function entriesOf<T>(
  value: unknown,
  isGood: (value: unknown) => value is T,
): Readonly<Record<string, T>> {
  if (typeof value !== "object" || value === null) return {};
  const good = Object.entries(value).filter((entry): entry is [string, T] => isGood(entry[1]));
  return Object.fromEntries(good);
}

function isAnswer(value: unknown): value is Answer {
  if (typeof value !== "object" || value === null) return false;
  const { guess, outcome } = value as Partial<Answer>;
  if (typeof guess !== "string") return false;
  if (outcome === null) return true;
  const isChoice = outcome?.choice === null || typeof outcome?.choice === "string";
  return isChoice && typeof outcome?.sentence === "string";
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
