import { type Parameters, parameterShapes } from "@grok/models";
import { disposeState, exportState, matches } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";
import { type Assembly, assemble } from "../experiment/assembly";
import { parse } from "../experiment/parse";
import type { EditContext } from "../kind/edit-kind";
import type { Checkpoint } from "../run/checkpoint";
import { fingerprint } from "../run/fingerprint";
import type { StoredTensor } from "../safetensors/format";
import { embeddingOf } from "./embedding";
import { experimentUnder } from "./experiment-under";

/**
 * The state of a run right after a change, before its next update: parameters as the change's edits
 * leave them, and the state of the optimizer as it is from then on. What that has gathered before it
 * keeps as far as it is of the same kind and shape, unless the change resets it.
 *
 * @param whole the experiment with all its changes
 * @param count how many changes the checkpoint has been trained under; the next one is made
 */
export async function makeChange(
  whole: Assembly,
  count: number,
  checkpoint: Checkpoint,
): Promise<Checkpoint> {
  const { experiment, kinds } = whole;
  const change = (experiment.changes ?? [])[count];
  if (change === undefined) throw new RangeError(`The experiment has no change ${count}.`);
  const shapes = parameterShapes(whole.network);
  const names = Object.keys(shapes);
  const [before, under] = [count, count + 1].map((made) =>
    assemble(experimentUnder(experiment, made, names, kinds), kinds),
  ) as [Assembly, Assembly];

  const parameters = new Map(checkpoint.parameters);
  const context: EditContext = {
    seed: experiment.seed,
    initial: (seed) => exported(whole.network.initialise(seed)),
    shapes,
    embedding: embeddingOf(whole),
  };
  for (const { kind: name, match, ...settings } of change.edits ?? []) {
    const kind = kinds.edits.get(name);
    if (kind?.apply === undefined) continue;
    const fitting = new Map([...parameters].filter(([each]) => matches(match, each)));
    const made = await kind.apply(parse(kind.settings, settings) as never, fitting, context);
    for (const [each, data] of made) {
      const { shape } = parameters.get(each) as StoredTensor;
      parameters.set(each, { shape, data });
    }
  }

  return {
    ...checkpoint,
    experiment: await fingerprint(experiment, change.at + 1),
    parameters,
    optimizer: await optimizerState(before, under, checkpoint.optimizer, change.resetOptimizer),
  };
}

/**
 * The optimizer's state right after a change. What it has gathered stays if the optimizer is of the
 * same kind and began with the same there: moments do, a norm that the change sets does not.
 */
async function optimizerState(
  before: Assembly,
  under: Assembly,
  gathered: ReadonlyMap<string, StoredTensor>,
  isReset = false,
): Promise<Map<string, StoredTensor>> {
  const fresh = await firstState(under);
  if (isReset || before.experiment.optimizer.kind !== under.experiment.optimizer.kind) return fresh;
  const first = await firstState(before);
  return new Map(
    Array.from(fresh, ([name, tensor]) => {
      const earlier = first.get(name);
      const isAlike = earlier !== undefined && isSame(earlier, tensor);
      return [name, (isAlike ? gathered.get(name) : undefined) ?? tensor];
    }),
  );
}

/** The optimizer's state before the first step of a run. */
async function firstState(assembly: Assembly): Promise<Map<string, StoredTensor>> {
  const parameters = assembly.network.initialise(assembly.experiment.seed);
  try {
    const state = assembly.optimizer().initialise(parameters);
    try {
      return await exportState(state);
    } finally {
      disposeState(state);
    }
  } finally {
    tf.dispose(parameters);
  }
}

function isSame(one: StoredTensor, other: StoredTensor): boolean {
  return (
    one.shape.join() === other.shape.join() && one.data.every((value, i) => value === other.data[i])
  );
}

async function exported(parameters: Parameters): Promise<Map<string, StoredTensor>> {
  try {
    return await exportState(parameters);
  } finally {
    tf.dispose(parameters);
  }
}
