import * as tf from "@tensorflow/tfjs-core";
import type { Tape } from "../gradients/tape";
import type { Attributes, NamedTensors, OperationDefinition } from "./definition";
import { runKernel } from "./run-kernel";

/** An operation with a gradient. */
export type Differentiable<I extends object, A extends Attributes> = OperationDefinition<I, A> &
  Required<Pick<OperationDefinition<I, A>, "gradient">>;

/** Runs an operation and records it on the tape of `valueAndGradients`; gives its visible outputs. */
export function recordOnTape<I extends object, A extends Attributes>(
  tape: Tape,
  definition: Differentiable<I, A>,
  inputs: NamedTensors,
  attributes: A,
): tf.Tensor[] {
  const { saves = {}, visible } = definition;
  const made = runKernel(definition, inputs, attributes);
  const outputs = made.slice(0, visible);
  const hidden = made.slice(outputs.length);
  if (!tape.follows(inputs)) {
    tf.dispose(hidden);
    return outputs;
  }
  const saved = { inputs: {} as NamedTensors, outputs: [] as tf.Tensor[] };
  for (const key of saves.inputs ?? Object.keys(inputs)) {
    const input = inputs[key];
    if (input !== undefined) saved.inputs[key] = tape.keepInput(input);
  }
  for (const [i, output] of made.entries()) {
    if (saves.outputs?.includes(i) ?? true) saved.outputs[i] = tape.keepOutput(output);
    else if (i >= outputs.length) output.dispose();
  }
  tape.add({
    inputs,
    outputs,
    hidden,
    backward: (dys) => gradients(definition, dys, inputs, saved, attributes),
  });
  return outputs;
}

/** The part of tfjs's engine that `tf.customGrad` stands on; it alone takes several outputs. */
interface StockTape {
  runKernelFunc(call: {
    forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor[];
    backwardsFunc: (
      dy: tf.Tensor | tf.Tensor[],
      saved: tf.Tensor[],
    ) => Record<string, () => tf.Tensor>;
    inputs: NamedTensors;
  }): tf.Tensor[];
}

/** Runs an operation and records it on tfjs's own tape; gives its visible outputs. */
export function recordOnStockTape<I extends object, A extends Attributes>(
  definition: Differentiable<I, A>,
  inputs: NamedTensors,
  attributes: A,
): tf.Tensor[] {
  const { saves = {}, visible } = definition;
  const savedInputs = (saves.inputs ?? Object.keys(inputs)).filter((key) => key in inputs);
  let savedOutputs: number[] = [];
  return (tf.engine() as unknown as StockTape).runKernelFunc({
    inputs,
    forwardFunc: (_backend, save) => {
      const outputs = runKernel(definition, inputs, attributes);
      savedOutputs = saves.outputs ?? outputs.map((_, i) => i);
      save([
        ...savedInputs.map((key) => inputs[key] as tf.Tensor),
        ...savedOutputs.map((i) => outputs[i] as tf.Tensor),
      ]);
      return outputs.slice(0, visible);
    },
    backwardsFunc: (dy, tensors) => {
      const saved = {
        inputs: Object.fromEntries(
          savedInputs.map((key, i) => [key, tensors[i] as tf.Tensor]),
        ) as NamedTensors,
        outputs: [] as tf.Tensor[],
      };
      for (const [i, output] of savedOutputs.entries()) {
        saved.outputs[output] = tensors[savedInputs.length + i] as tf.Tensor;
      }
      const dys = Array.isArray(dy) ? dy : [dy];
      const dxs = gradients(definition, dys, inputs, saved, attributes);
      return Object.fromEntries(
        Object.entries(dxs).map(([key, dx]) => [key, () => dx as tf.Tensor]),
      );
    },
  });
}

function gradients<I extends object, A extends Attributes>(
  { gradient }: Differentiable<I, A>,
  dys: tf.Tensor[],
  inputs: NamedTensors,
  saved: { inputs: NamedTensors; outputs: tf.Tensor[] },
  attributes: A,
): Record<string, tf.Tensor | undefined> {
  return gradient(
    dys,
    {
      inputs: saved.inputs as unknown as I,
      outputs: saved.outputs,
      has: (input) => input in inputs,
    },
    attributes,
  );
}
