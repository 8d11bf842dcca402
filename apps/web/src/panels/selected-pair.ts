import { computed, effect, signal } from "@preact/signals";
import type { PairLook } from "../network/inspector";
import { engine } from "../state/engine";
import { attempt } from "../state/notices";
import { isParentShown } from "../state/parent-run";
import { currentView, liveView, scene, viewedStep } from "../state/view-step";
import type { Pair } from "./inside";

/** The input that views look into. */
export const selected = signal<Pair>({ a: 3, b: 5 });

/** The input under the pointer. */
export const hovered = signal<Pair | null>(null);

/** The last answer to a question about one input, between two views. */
const asked = signal<PairLook | null>(null);

/** What the network makes of the input that is shown, at the step that is; null until it is known. */
export const lookedPair = computed(() => {
  const isNewest = viewedStep.value === null && !isParentShown.value;
  const looks = [isNewest ? asked.value : null, currentView.value?.pair ?? null];
  const { a, b } = hovered.value ?? selected.value;
  const own = looks.filter((look) => look !== null && look.a === a && look.b === b);
  return own.reduce<PairLook | null>(
    (newest, look) => (look !== null && look.step >= (newest?.step ?? 0) ? look : newest),
    null,
  );
});

/** Keeps the worker's selection that of the page, and asks at once what it makes of another input. */
export function followSelection(): () => void {
  const stops = [effect(select), effect(askForShown())];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Has views look into the input that was chosen. */
function select(): void {
  const table = scene.value?.table ?? null;
  const { a, b } = selected.value;
  if (table === null) return;
  if (a >= table.size || b >= table.size) {
    selected.value = { a: a % table.size, b: b % table.size };
  } else if (isThere(a, b)) attempt(engine().select(a, b));
}

/** Asks what the network makes of the input that is shown; of those that follow fast, only the last. */
function askForShown(): () => void {
  let isAsking = false;
  let next: Pair | null = null;
  const ask = async (pair: Pair) => {
    next = pair;
    if (isAsking) return;
    isAsking = true;
    try {
      while (next !== null) {
        const { a, b }: Pair = next;
        next = null;
        asked.value = await engine().network.at(a, b);
      }
    } catch {
      // A network that cannot be asked now tells of itself with its next view.
      asked.value = null;
    } finally {
      isAsking = false;
    }
  };
  return () => {
    const { a, b } = hovered.value ?? selected.value;
    // Whatever was known of another network's weights is not of these.
    asked.value = null;
    if (!isThere(a, b)) return;
    const known = liveView.peek()?.pair;
    if (known?.a !== a || known.b !== b) void ask({ a, b });
  };
}

/** Whether the table has such an input, and the task an answer to it. */
function isThere(a: number, b: number): boolean {
  const table = scene.value?.table ?? null;
  return (
    table !== null && Math.max(a, b) < table.size && (table.answers[a * table.size + b] ?? -1) >= 0
  );
}
