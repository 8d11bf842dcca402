import { parameterCount } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import type { Stretch } from "../change/stretch";
import { environmentOf } from "../run/environment";
import type { DeviceLoss, Summary } from "../run/record";
import type { TrainEvent } from "./event";
import { RunProgress } from "./run-progress";
import type { TrainOptions } from "./train-options";

/**
 * Tells of a run that was told to stop while it was set up: it begins and ends where it was.
 *
 * @param isFirst whether the run's start has not been told yet
 * @param deviceLosses of the run so far
 */
export async function* unbegun(
  stretch: Stretch,
  { resumeFrom = null, store, threads, choice, onPhase }: TrainOptions,
  { isFirst, deviceLosses }: { isFirst: boolean; deviceLosses: readonly DeviceLoss[] },
): AsyncGenerator<TrainEvent, Summary, void> {
  const { experiment } = stretch;
  const { network, task, trainSize, stepsPerEpoch } = stretch.assembly;
  const progress = new RunProgress(stretch, resumeFrom);
  const parameters = parameterCount(network);
  const backend = tf.getBackend();
  if (isFirst) {
    const { size } = task.kind === "stream" ? task.testSet(task.testSeed ?? 0) : task;
    yield {
      type: "start",
      experiment,
      parameters,
      step: progress.step,
      steps: experiment.training.steps,
      stepsPerEpoch,
      trainSize,
      validationSize: (size ?? 0) - (trainSize ?? 0),
      backend,
      arithmetic: (await environmentOf()).arithmetic ?? "",
    };
  }
  onPhase?.("end");
  const facts = { parameters, backend, threads: threads ?? experiment.threads, isMeasured: false };
  const summary = {
    ...progress.summary("interrupted", facts),
    ...(choice === undefined ? {} : { backend_choice: choice }),
    ...(deviceLosses.length === 0 ? {} : { device_losses: [...deviceLosses] }),
  };
  await store?.finish(summary);
  yield { type: "end", summary };
  return summary;
}
