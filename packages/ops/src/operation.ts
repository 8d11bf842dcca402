import * as tf from "@tensorflow/tfjs-core";
import { currentTape, type Tape } from "./gradients/tape";

/** Tensors by the name under which a kernel takes them. */
export type NamedTensors = Record<string, tf.Tensor>;

/** A kernel's settings: plain data, so that any backend can take them. */
export type Attributes = object;

/** What defines an operation. `I` names its inputs, `A` its attributes. */
export interface OperationDefinition<I extends object, A extends Attributes> {
  /** The kernel's name in tfjs's registry, e.g. `GrokLinear`. */
  name: string;
  /** The same computation in stock tfjs operations; returns the outputs in the kernel's order. */
  reference: (inputs: I, attributes: A) => tf.Tensor[];
  /**
   * How many of the outputs the caller sees; those behind them are only there for the gradient.
   * All of them by default.
   */
  visible?: number;
  /**
   * The gradients of the inputs, by name, given those of the visible outputs; inputs that have none
   * (integers, say) are left out. Absent for operations that are not differentiated.
   */
  gradient?: (
    dys: tf.Tensor[],
    saved: { inputs: I; outputs: tf.Tensor[]; has: (input: string) => boolean },
    attributes: A,
  ) => Record<string, tf.Tensor | undefined>;
  /** Which inputs and outputs the gradient reads: the others reach it undefined. All by default. */
  saves?: { inputs?: (keyof I & string)[]; outputs?: number[] };
}

/** An operation that runs on whatever tfjs backend is current. */
export type Operation<I extends object, A extends Attributes> = (
  inputs: I,
  attributes: A,
) => tf.Tensor[];

/** Kernels that are a reference form: a fast kernel may take their place. */
const references = new Set<string>();

/**
 * Whether operation `name` runs as its reference form on a tfjs backend; true also where it has not
 * run yet and no fast kernel is registered.
 */
export function isReference(name: string, backend: string = tf.getBackend()): boolean {
  return references.has(`${backend}/${name}`) || tf.getKernel(name, backend) === undefined;
}

/**
 * Registers a backend's own kernel for an operation (or for a stock tfjs one), in place of whatever
 * runs under that name there.
 */
export function registerFastKernel(config: tf.KernelConfig): void {
  if (tf.getKernel(config.kernelName, config.backendName) !== undefined) {
    tf.unregisterKernel(config.kernelName, config.backendName);
  }
  references.delete(`${config.backendName}/${config.kernelName}`);
  tf.registerKernel(config);
}

/** The part of tfjs's engine that `tf.customGrad` stands on; it alone takes several outputs. */
interface TapeEngine {
  isTapeOn(): boolean;
  runKernelFunc(call: {
    forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor[];
    backwardsFunc: (
      dy: tf.Tensor | tf.Tensor[],
      saved: tf.Tensor[],
    ) => Record<string, () => tf.Tensor>;
    inputs: NamedTensors;
  }): tf.Tensor[];
}

/** Whether tfjs profiles or debugs, for which it wants to see every kernel. */
function isWatched(): boolean {
  const { state } = tf.engine() as unknown as { state: { profiling: boolean } };
  return state.profiling || tf.env().getBool("DEBUG");
}

function isTensor(info: tf.TensorInfo): info is tf.Tensor {
  return (info as tf.Tensor).rank !== undefined;
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

/** Whether a tape records, so that a gradient may be asked for. */
export function isRecording(): boolean {
  return (tf.engine() as unknown as TapeEngine).isTapeOn();
}

/**
 * Makes an operation: a tfjs kernel with a reference form for every backend and, where the
 * definition has one, a gradient, on the tape of `valueAndGradients` as on tfjs's own.
 *
 * Nothing is registered before the first call, so that importing a library has no side effect. The
 * gradients of all inputs are computed together, when the tape reaches the operation.
 */
export function defineOperation<I extends object, A extends Attributes>(
  definition: OperationDefinition<I, A>,
): Operation<I, A> {
  const { name, gradient, saves = {}, visible } = definition;
  const run = (inputs: NamedTensors, attributes: A): tf.Tensor[] => {
    registerReference(definition);
    if (!isRecording() && !isWatched()) return runDirectly(name, inputs, attributes);
    const outputs = tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap) as
      | tf.Tensor
      | tf.Tensor[];
    return Array.isArray(outputs) ? outputs : [outputs];
  };
  const backward = (
    gradientOf: NonNullable<typeof gradient>,
    dys: tf.Tensor[],
    inputs: NamedTensors,
    saved: { inputs: NamedTensors; outputs: tf.Tensor[] },
    attributes: A,
  ) =>
    gradientOf(
      dys,
      {
        inputs: saved.inputs as unknown as I,
        outputs: saved.outputs,
        has: (input) => input in inputs,
      },
      attributes,
    );
  const onTape = (
    tape: Tape,
    gradientOf: NonNullable<typeof gradient>,
    inputs: NamedTensors,
    attributes: A,
  ): tf.Tensor[] => {
    const made = run(inputs, attributes);
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
      backward: (dys) => backward(gradientOf, dys, inputs, saved, attributes),
    });
    return outputs;
  };
  const onStockTape = (
    gradientOf: NonNullable<typeof gradient>,
    inputs: NamedTensors,
    attributes: A,
  ): tf.Tensor[] => {
    const savedInputs = (saves.inputs ?? Object.keys(inputs)).filter((key) => key in inputs);
    let savedOutputs: number[] = [];
    return (tf.engine() as unknown as TapeEngine).runKernelFunc({
      inputs,
      forwardFunc: (_backend, save) => {
        const outputs = run(inputs, attributes);
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
        const dxs = backward(gradientOf, dys, inputs, saved, attributes);
        return Object.fromEntries(
          Object.entries(dxs).map(([key, dx]) => [key, () => dx as tf.Tensor]),
        );
      },
    });
  };
  return (given, attributes) => {
    const inputs = present(given);
    if (gradient !== undefined && isRecording()) {
      const tape = currentTape();
      return tape === undefined
        ? onStockTape(gradient, inputs, attributes)
        : onTape(tape, gradient, inputs, attributes);
    }
    const made = run(inputs, attributes);
    if (visible === undefined) return made;
    tf.dispose(made.slice(visible));
    return made.slice(0, visible);
  };
}

/** The inputs without absent ones: tfjs takes every key for a tensor. */
function present(given: object): NamedTensors {
  const inputs: NamedTensors = {};
  for (const [key, tensor] of Object.entries(given)) {
    if (tensor !== undefined) inputs[key] = tensor as tf.Tensor;
  }
  return inputs;
}

function registerReference<I extends object, A extends Attributes>({
  name,
  reference,
}: OperationDefinition<I, A>): void {
  const backendName = tf.getBackend();
  if (tf.getKernel(name, backendName) !== undefined) return;
  references.add(`${backendName}/${name}`);
  tf.registerKernel({
    kernelName: name,
    backendName,
    // The engine hands on the very tensors that it was called with, whatever its types say.
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => reference(inputs as unknown as I, attrs as unknown as A)),
  });
}
