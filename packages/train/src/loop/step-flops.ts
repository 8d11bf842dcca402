import { countMultiplyAdds } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { assemble } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { Batches } from "./batches";
import { Network } from "./network";
import { requireBackend } from "./require-backend";
import { RunState } from "./run-state";
import { registerGradientsFor } from "./stock-gradients";
import { Yielder } from "./yielder";

/** Settings of {@link stepFlops}. */
export interface StepFlopsOptions {
  /** Steps that are averaged over, as batches may differ; default 8, and 1 of full batches. */
  steps?: number;
  /** Whose kinds the experiment is made of besides those that are built in; default none. */
  extensions?: Extensions;
}

/**
 * Floating-point operations of a training step: two per multiply-add of the matrix products and of
 * attention, forward, backward and in the optimizer's update, as `countMultiplyAdds` of @grok/ops counts
 * them. Work that shortcuts leave out is not counted, evaluations are not, and neither is what takes a
 * few operations per number. Makes these steps on tfjs's current backend.
 *
 * @returns the mean over the first steps of the run
 * @throws RangeError if the experiment cannot be built, or tfjs has no backend
 */
export async function stepFlops(
  experiment: Experiment,
  { steps, extensions }: StepFlopsOptions = {},
): Promise<number> {
  requireBackend();
  const assembly = assemble(experiment, collect(extensions));
  const { modelKind, lossKind } = assembly;
  await registerGradientsFor({ experiment, modelKind, lossKind });
  const network = new Network(assembly);
  const yielder = new Yielder();
  const data = await yielder.run(assembly.preparingData());
  const batches = new Batches(experiment, data, network);
  const state = RunState.initial(assembly, network);
  const count = steps ?? (experiment.training.batch.mode === "full" ? 1 : 8);
  let multiplyAdds = 0;
  try {
    for (let step = 0; step < count; step++) {
      await yielder.run(data.preparing(step));
      batches.with(step, (ready) => {
        const counted = countMultiplyAdds(() => state.step(network, ready, step));
        multiplyAdds += counted.multiplyAdds;
        tf.dispose([counted.value.loss, counted.value.correct ?? []]);
      });
    }
  } finally {
    batches.dispose();
    state.dispose();
  }
  return (2 * multiplyAdds) / count;
}
