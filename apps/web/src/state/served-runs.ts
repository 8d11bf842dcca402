import type { EvaluationRecord } from "@grok/train";
import { computed, effect, signal, untracked } from "@preact/signals";
import { route } from "./address";
import { engine } from "./engine";
import { sayError } from "./notices";
import { compared, comparedRecords, forgetMissing, readRecords, served, servedAt } from "./runs";
import { status } from "./session";

/** Milliseconds between two questions to the server. */
const interval = 1000;

/** Why the list of served runs may be old or not whole; null if it is neither. */
export const servedProblem = signal<string | null>(null);

/** What the server last said of that itself. */
let listProblem: string | null = null;

const canAsk = computed(
  () => route.value === "runs" && status.value !== "loading" && status.value !== "crashed",
);

/** Runs whose records could not be read, and their newest record then. */
const failed = new Map<string, EvaluationRecord | null>();

/**
 * Follows the runs that the page's server has, while their list is open and the page is seen. Where
 * nothing has changed, the server says only that.
 */
export function followServedRuns(): void {
  if (servedAt === null) return;
  effect(() => {
    if (!canAsk.value) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const turn = async () => {
      if (!document.hidden) await refresh();
      if (!isOver) timer = setTimeout(() => void turn(), interval);
    };
    untracked(() => void turn());
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  });
}

async function refresh(): Promise<void> {
  try {
    const list = await engine().served.list(servedAt as string);
    if (list !== null) {
      served.value = list.entries;
      listProblem = list.problem;
      forgetMissing();
    }
    servedProblem.value = listProblem;
  } catch (error) {
    servedProblem.value = `${(error as Error).message} The list is as it was last.`;
    return;
  }
  for (const { id, last } of served.peek()) {
    const shown = comparedRecords.peek().get(id)?.at(-1) ?? null;
    if (!compared.peek().has(id) || isSame(shown, last)) continue;
    if (failed.has(id) && isSame(failed.get(id), last)) continue;
    try {
      const records = await readRecords(id);
      comparedRecords.value = new Map(comparedRecords.peek()).set(id, records);
    } catch (error) {
      failed.set(id, last);
      sayError(error);
    }
  }
}

/** A run that was resumed comes to the same steps at another time. */
function isSame(one: EvaluationRecord | null = null, other: EvaluationRecord | null): boolean {
  return one?.step === other?.step && one?.elapsed_sec === other?.elapsed_sec;
}
