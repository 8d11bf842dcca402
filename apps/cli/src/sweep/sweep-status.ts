import { type RunState, tally } from "@grok/sweep";
import { Speed } from "../run/speed";

/** How a sweep stands, as its displays show it. */
export class SweepStatus {
  /** Flags that vary. */
  readonly axes: readonly string[];
  /** How many runs there will be, at most. */
  readonly maxRuns: number;
  /** Whether runs end when they grok. */
  readonly stopsOnGrok: boolean;
  readonly runs = new Map<string, RunState>();
  /** What is going on besides runs, e.g. that they are stopping. */
  note: string | undefined;
  // Long, as runs begin and end at times of their own.
  readonly #speed = new Speed(30);
  readonly #steps = new Map<string, number>();
  #made = 0;
  /** Steps of the runs that there will be, where they are not known yet. */
  readonly #stepsPerRun: number;

  constructor({
    axes,
    maxRuns,
    stopsOnGrok,
    stepsPerRun,
  }: {
    axes: readonly string[];
    maxRuns: number;
    stopsOnGrok: boolean;
    stepsPerRun: number;
  }) {
    this.axes = axes;
    this.maxRuns = maxRuns;
    this.stopsOnGrok = stopsOnGrok;
    this.#stepsPerRun = stepsPerRun;
  }

  /** Takes note of a run's state; steps made here count for the speed. */
  onEvent(run: RunState, now: number): void {
    const before = this.#steps.get(run.name);
    this.runs.set(run.name, run);
    this.#steps.set(run.name, run.step);
    // What was made before this process began says nothing of how fast it is.
    if (before !== undefined) this.#made += Math.max(0, run.step - before);
    this.#speed.note(this.#made, now);
  }

  get counts(): ReturnType<typeof tally> {
    return tally([...this.runs.values()]);
  }

  /** Runs that need nothing more. */
  get ended(): number {
    const { waiting = 0, running = 0 } = this.counts;
    return this.runs.size - waiting - running;
  }

  /** How much is done, in steps. */
  get share(): number {
    const total = this.#total;
    return total === 0 ? 1 : 1 - this.#left / total;
  }

  /** Seconds until the end, at most; NaN while that is not known. */
  get secondsLeft(): number {
    const speed = this.#speed.stepsPerSecond;
    return speed > 0 ? this.#left / speed : Number.NaN;
  }

  get #total(): number {
    let total = (this.maxRuns - this.runs.size) * this.#stepsPerRun;
    for (const { steps } of this.runs.values()) total += steps;
    return total;
  }

  get #left(): number {
    let left = (this.maxRuns - this.runs.size) * this.#stepsPerRun;
    for (const { state, step, steps } of this.runs.values()) {
      if (state === "waiting" || state === "running") left += steps - step;
    }
    return left;
  }
}
