import type { SweepRun } from "./sweep-run";
import { rootOf, trunksOf } from "./trunks-of";

/** Which runs of a sweep share a past, as far as its runs are known. */
export class Trunks {
  readonly #byRoot = new Map<string, SweepRun[]>();
  /** Runs that are in no root's list, as no run changes yet: to name roots takes long for many. */
  #others: SweepRun[] = [];

  /** Takes note of runs. */
  add(runs: readonly SweepRun[]): void {
    this.#others.push(...runs);
    if (!this.#isAnyChanged) return;
    for (const run of this.#others) {
      const root = rootOf(run);
      const known = this.#byRoot.get(root);
      if (known === undefined) this.#byRoot.set(root, [run]);
      else known.push(run);
    }
    this.#others = [];
  }

  get #isAnyChanged(): boolean {
    const isChanged = ({ experiment }: SweepRun) => experiment.changes !== undefined;
    return this.#byRoot.size > 0 || this.#others.some(isChanged);
  }

  /** See {@link trunksOf}. */
  of(run: SweepRun): string[] {
    if (this.#byRoot.size === 0) return [];
    return trunksOf(run, this.#byRoot.get(rootOf(run)) ?? []);
  }

  /**
   * Takes the first run that shares no past with one that is under way, as it may continue from that
   * later; if all do, the first: work is done twice rather than not at all.
   */
  takeNext(waiting: SweepRun[], running: ReadonlySet<SweepRun>): SweepRun | undefined {
    if (this.#byRoot.size === 0) return waiting.shift();
    const roots = new Set(Array.from(running, rootOf));
    const at = waiting.findIndex((run) => !roots.has(rootOf(run)));
    return waiting.splice(Math.max(0, at), 1)[0];
  }
}
