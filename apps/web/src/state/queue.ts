import type { Experiment } from "@grok/train";
import { effect, signal } from "@preact/signals";
import { startExperiment } from "./commands";
import { attempt, say } from "./notices";
import { status } from "./session";

/** Experiments that wait for the one before them to end. */
export const queue = signal<readonly Experiment[]>([]);

/** Where the browser keeps them, as a reload must not lose what was asked for. */
const key = "grok-queue";

/** Trains an experiment with further seeds, one after the other, and begins at once. */
export function trainSeeds(experiment: Experiment, seeds: readonly number[]): void {
  queue.value = [...queue.peek(), ...seeds.map((seed) => ({ ...experiment, seed }))];
  next();
}

/** Leaves out what waits. */
export function clearQueue(): void {
  queue.value = [];
}

/** Begins what waits whenever a run has ended by itself, and asks about what waited before a reload. */
export function followQueue(): void {
  let before = stored();
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify([...queue.peek(), ...before]));
    } catch {
      // Where nothing can be stored they wait as long as the page.
    }
  };
  if (before.length > 0) {
    const [count, what] =
      before.length === 1 ? ["1", "run was"] : [`${before.length}`, "runs were"];
    say("notice", `${count} more ${what} to be trained when the page was closed.`, {
      title: "Train now",
      act: async () => {
        const all = [...queue.peek(), ...before];
        before = [];
        queue.value = all;
        next();
      },
      dismiss: () => {
        before = [];
        keep();
      },
    });
  }
  effect(() => {
    void queue.value;
    keep();
  });
  effect(() => {
    if (status.value === "ended" || status.value === "failed") next();
  });
}

function next(): void {
  const [first, ...others] = queue.peek();
  const isFree = !["running", "starting", "loading", "crashed"].includes(status.peek());
  if (first === undefined || !isFree) return;
  queue.value = others;
  attempt(startExperiment(first));
}

/** What waited when the page was closed. The worker checks each before it trains it. */
function stored(): Experiment[] {
  try {
    const experiments: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(experiments) ? (experiments as Experiment[]) : [];
  } catch {
    return [];
  }
}
