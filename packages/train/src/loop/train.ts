import * as tf from "@tensorflow/tfjs-core";
import type { Change } from "../change/change";
import { changesBefore } from "../change/experiment-under";
import { makeChange } from "../change/make-change";
import { stretchUnder } from "../change/stretch";
import { assemble } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import { collect } from "../kind/collection";
import { checkCheckpoint } from "../run/checkpoint";
import { environmentOf } from "../run/environment";
import type { DeviceLoss, Summary } from "../run/record";
import type { TrainEvent } from "./event";
import { requireBackend } from "./require-backend";
import { type ChangeDue, type Interrupted, Run } from "./run";
import type { Recovery, TrainOptions } from "./train-options";
import { unbegun } from "./unbegun";
import { StoppedError } from "./yielder";

/**
 * Trains as an experiment says, on tfjs's current backend, and tells of it as it goes: `start`, then
 * `progress`, `evaluation`, `milestone` and `checkpoint` as they come, and `end` with the summary,
 * which is also returned.
 *
 * Nothing waits for the device between evaluations but a reading of all losses every 100 steps. A
 * run whose loss, weights or optimizer state is no longer finite ends as `failed`; such a state is
 * never stored. With `recover`, a run whose device is lost continues from its last evaluation or
 * checkpoint, and says so with `device-loss`. What an experiment's `changes` change it says with
 * `change`. A run that is stopped and resumed gives the same bytes as one that was not.
 *
 * @throws Error if TensorFlow.js has no backend; RangeError before `start`, where the experiment asks for another backend than tfjs runs,
 * or the checkpoint is not one of this experiment. What is thrown later ends the run as `failed`
 * and comes with `end`.
 *
 * @example
 * for await (const event of train(resolveExperiment({ preset: "mlp" }))) {
 *   if (event.type === "evaluation") console.log(event.record.step, event.record.val_acc);
 * }
 */
export async function* train(
  experiment: Experiment,
  options: TrainOptions = {},
): AsyncGenerator<TrainEvent, Summary, void> {
  requireBackend();
  let whole = assemble(experiment, collect(options.extensions));
  const { resumeFrom } = options;
  if (resumeFrom) {
    await checkCheckpoint(experiment, resumeFrom, resumeFrom.progress.step, whole.kinds);
  }
  let made = changesBefore(experiment, resumeFrom?.progress.step ?? 0);
  let stretch = await stretchUnder(whole, made);
  let run: Run | undefined;
  let current = options;
  let isTold = false;
  const losses: DeviceLoss[] = [];
  const begin = async () => {
    const begun = await Run.begin(stretch, current, { isFirst: !isTold, deviceLosses: losses });
    isTold = true;
    return begun;
  };
  try {
    run = await begin();
    for (;;) {
      let outcome: Summary | Interrupted | ChangeDue = yield* run.events();
      if ("changeDue" in outcome) {
        const { changeDue: from } = outcome;
        const { step } = from.progress;
        run.dispose();
        try {
          current = { ...current, resumeFrom: await makeChange(whole, made, from) };
          stretch = await stretchUnder(whole, made + 1);
          run = await begin();
          yield { type: "change", step, change: (experiment.changes ?? [])[made] as Change };
          made++;
          continue;
        } catch (error) {
          if (error instanceof StoppedError) throw error;
          outcome = { error, step, from };
        }
      }
      if ("status" in outcome) return outcome;
      const { error, step, from } = outcome;
      run.dispose();
      let recovery: Recovery | null = null;
      let cause = error;
      try {
        recovery = (await options.recover?.(error)) ?? null;
      } catch (refusal) {
        cause = refusal;
      }
      if (recovery === null) {
        const summary = await run.fail(cause);
        yield { type: "end", summary, cause };
        return summary;
      }
      const backend = tf.getBackend() as Experiment["backend"];
      const { environment = {}, threads = options.threads } = recovery;
      const at = from?.progress.step ?? 0;
      const reason = error instanceof Error ? error.message : String(error);
      losses.push({ step, from: at, backend, reason });
      await options.store?.handOver?.(await environmentOf(environment), at);
      current = { ...current, environment, threads, resumeFrom: from };
      yield { type: "device-loss", loss: losses.at(-1) as DeviceLoss };
      if (experiment.backend !== "auto") whole = assemble({ ...experiment, backend }, whole.kinds);
      stretch = await stretchUnder(whole, made);
      run = await begin();
    }
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    return yield* unbegun(stretch, current, { isFirst: !isTold, deviceLosses: losses });
  } finally {
    run?.dispose();
  }
}
