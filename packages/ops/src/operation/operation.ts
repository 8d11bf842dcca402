import * as tf from "@tensorflow/tfjs-core";
import { currentTape } from "../gradients/tape";
import type {
  Attributes,
  KernelContract,
  NamedTensors,
  Operation,
  OperationDefinition,
} from "./definition";
import { type Differentiable, recordOnStockTape, recordOnTape } from "./record";
import { isRecording, runKernel } from "./run-kernel";

/**
 * Makes an operation: a tfjs kernel with a reference form for every backend and, where the
 * definition has one, a gradient, on the tape of `valueAndGradients` as on tfjs's own.
 *
 * Nothing is registered before the first call, so that importing a library has no side effect. The
 * gradients of all inputs are computed together, when the tape reaches the operation.
 */
export function defineOperation<K extends KernelContract>(
  definition: OperationDefinition<K["inputs"], K["attributes"]>,
): Operation<K["inputs"], K["attributes"]>;
export function defineOperation<I extends object, A extends Attributes>(
  definition: OperationDefinition<I, A>,
): Operation<I, A>;
export function defineOperation<I extends object, A extends Attributes>(
  definition: OperationDefinition<I, A>,
): Operation<I, A> {
  const { visible } = definition;
  return (given, attributes) => {
    const inputs = present(given);
    if (isDifferentiable(definition) && isRecording()) {
      const tape = currentTape();
      return tape === undefined
        ? recordOnStockTape(definition, inputs, attributes)
        : recordOnTape(tape, definition, inputs, attributes);
    }
    const made = runKernel(definition, inputs, attributes);
    if (visible === undefined) return made;
    tf.dispose(made.slice(visible));
    return made.slice(0, visible);
  };
}

function isDifferentiable<I extends object, A extends Attributes>(
  definition: OperationDefinition<I, A>,
): definition is Differentiable<I, A> {
  return definition.gradient !== undefined;
}

/** The inputs without absent ones: tfjs takes every key for a tensor. */
function present(given: object): NamedTensors {
  const inputs: NamedTensors = {};
  for (const key of Object.keys(given)) {
    const tensor = (given as Partial<NamedTensors>)[key];
    if (tensor !== undefined) inputs[key] = tensor;
  }
  return inputs;
}
