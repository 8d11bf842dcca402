import * as tf from "@tensorflow/tfjs-core";
import type { Attributes, NamedTensors, OperationDefinition } from "./definition";
import { counted } from "./multiply-adds";
import { registerReference } from "./registry";

/** Whether a tape records, so that a gradient may be asked for. */
export function isRecording(): boolean {
  return (tf.engine() as unknown as { isTapeOn(): boolean }).isTapeOn();
}

/** Runs an operation's kernel on the current backend; gives all its outputs. */
export function runKernel<I extends object, A extends Attributes>(
  definition: OperationDefinition<I, A>,
  inputs: NamedTensors,
  attributes: A,
): tf.Tensor[] {
  return counted(
    () => definition.multiplyAdds?.(inputs as I, attributes) ?? 0,
    () => runUncounted(definition, inputs, attributes),
  );
}

function runUncounted<I extends object, A extends Attributes>(
  definition: OperationDefinition<I, A>,
  inputs: NamedTensors,
  attributes: A,
): tf.Tensor[] {
  const { name } = definition;
  registerReference(definition);
  if (!isRecording() && !isWatched()) return runDirectly(name, inputs, attributes);
  const outputs = tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap) as
    | tf.Tensor
    | tf.Tensor[];
  return Array.isArray(outputs) ? outputs : [outputs];
}

/** Whether tfjs profiles or debugs, for which it wants to see every kernel. */
function isWatched(): boolean {
  const { state } = tf.engine() as unknown as { state: { profiling: boolean } };
  return state.profiling || tf.env().getBool("DEBUG");
}

/** `engine().runKernel` where no tape and no profile has to hear of it, with less JavaScript. */
function runDirectly(name: string, inputs: NamedTensors, attributes: Attributes): tf.Tensor[] {
  const engine = tf.engine();
  const { backend } = engine;
  const { kernelFunc } = tf.getKernel(name, tf.getBackend());
  const made = kernelFunc({ inputs, attrs: attributes as tf.NamedAttrMap, backend });
  return (Array.isArray(made) ? made : [made]).map((info) =>
    // Reference forms give tensors.
    isTensor(info) ? info : engine.makeTensorFromTensorInfo(info),
  );
}

function isTensor(info: tf.TensorInfo): info is tf.Tensor {
  return (info as tf.Tensor).rank !== undefined;
}
