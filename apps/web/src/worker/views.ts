import type { NetworkView } from "../network/inspector";
import { limits } from "../network/limits";
import { type NetworkTrace, tracesAfter } from "../network/trace";

/**
 * The views of a run by step, within a budget. When it is spent a quarter of them goes, those first
 * whose neighbours are nearest to each other: the timeline gets coarser and still spans the run.
 */
export class Views {
  readonly #budget: number;
  #views = new Map<number, { view: NetworkView; bytes: number }>();
  #bytes = 0;
  #traces: readonly NetworkTrace[] = [];

  /** @param most what all kept views may take, in bytes */
  constructor(most = limits.viewBytes) {
    this.#budget = most;
  }

  get steps(): number[] {
    return [...this.#views.keys()];
  }

  /** What is drawn over time, also of views that are not kept. */
  get traces(): readonly NetworkTrace[] {
    return this.#traces;
  }

  get last(): NetworkView | null {
    return [...this.#views.values()].at(-1)?.view ?? null;
  }

  /**
   * Keeps a view; steps ascend. Those of later steps, from before a run was taken back, go.
   *
   * @returns whether others had to go to make room
   */
  add(view: NetworkView): boolean {
    for (const step of this.steps) if (step >= view.step) this.#drop(step);
    this.#traces = tracesAfter(this.#traces, view);
    const bytes = bytesOf(view);
    this.#views.set(view.step, { view, bytes });
    this.#bytes += bytes;
    if (this.#bytes <= this.#budget) return false;
    while (this.#bytes > (3 / 4) * this.#budget && this.#views.size > 2)
      this.#drop(this.#nearest());
    return true;
  }

  /** The view of a step, or the last before it. */
  at(step: number): NetworkView | null {
    let found: NetworkView | null = null;
    for (const [at, { view }] of this.#views) if (at <= step) found = view;
    return found;
  }

  clear(): void {
    this.#views.clear();
    this.#traces = [];
    this.#bytes = 0;
  }

  /**
   * The step, neither the first nor the last, whose neighbours are nearest to each other, by the root
   * of the step: between a timeline that is linear in steps and one that is logarithmic.
   */
  #nearest(): number {
    const { steps } = this;
    let [found = 0, least] = [steps[1], Number.POSITIVE_INFINITY];
    for (let i = 1; i < steps.length - 1; i++) {
      const gap = Math.sqrt(steps[i + 1] as number) - Math.sqrt(steps[i - 1] as number);
      if (gap < least) [found, least] = [steps[i] as number, gap];
    }
    return found;
  }

  #drop(step: number): void {
    this.#bytes -= this.#views.get(step)?.bytes ?? 0;
    this.#views.delete(step);
  }
}

/** What a view's arrays take. */
function bytesOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null) return 8;
  return Object.values(value).reduce<number>((sum, part) => sum + bytesOf(part), 0);
}
