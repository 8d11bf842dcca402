import type { Experiment } from "../experiment/experiment";

/** What falls due after which step. */
export class RunSchedule {
  readonly #training: Experiment["training"];

  constructor({ training }: Experiment) {
    this.#training = training;
  }

  /** At every this many steps, at the last one and, if asked for, at the first. */
  isEvaluationDue(step: number): boolean {
    const { steps, evalEvery, evalAtStart } = this.#training;
    return step % evalEvery === 0 || step === steps || (evalAtStart && step === 1);
  }

  /** At the first and last evaluation, at every so many, and at that which finds the run grokked. */
  areMetricsDue(step: number, isFirstGrokked: boolean): boolean {
    const { steps, evalEvery, metricsEvery } = this.#training;
    return (
      isFirstGrokked || step === 1 || step === steps || step % (evalEvery * metricsEvery) === 0
    );
  }

  /** At every this many steps, if there are any, and at those listed; the end of a run is for the loop to know. */
  isCheckpointDue(step: number): boolean {
    const { checkpointEvery, checkpointAt } = this.#training;
    return (checkpointEvery > 0 && step % checkpointEvery === 0) || checkpointAt.includes(step);
  }
}
