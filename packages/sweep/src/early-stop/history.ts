import { scoreOf } from "@grok/metrics";
import type { Observation } from "./early-stop";

/** The best validation accuracy, or explained variance of values, of each run over its steps. */
export class History {
  readonly #runs = new Map<string, { steps: number[]; best: number[] }>();

  /** Takes note of an evaluation; of a run that continues from a checkpoint, some come again. */
  note(run: string, observation: Observation): void {
    const { step } = observation;
    const { steps, best } = this.#runs.get(run) ?? { steps: [], best: [] };
    this.#runs.set(run, { steps, best });
    if (step <= (steps.at(-1) ?? -1)) return;
    steps.push(step);
    best.push(Math.max(best.at(-1) ?? 0, scoreOf(observation, "val") || 0));
  }

  /** The best of a run by a step; 0 before its first evaluation. */
  bestAt(run: string, step: number): number {
    const { steps, best } = this.#runs.get(run) ?? { steps: [], best: [] };
    let at = steps.length - 1;
    while (at >= 0 && (steps[at] as number) > step) at--;
    return best[at] ?? 0;
  }

  /** The best by a step of every other run that came as far. */
  othersAt(run: string, step: number): number[] {
    return [...this.#runs].flatMap(([name, { steps }]) =>
      name !== run && (steps.at(-1) ?? -1) >= step ? [this.bestAt(name, step)] : [],
    );
  }
}
