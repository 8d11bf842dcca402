import * as tf from "@tensorflow/tfjs-core";

/** What is known of a tfjs backend besides its name. */
export interface BackendFacts {
  /** Versions of the packages that make it up, by name. */
  versions: Readonly<Record<string, string>>;
  /** The device that it runs on, if results may depend on that: a graphics adapter. */
  device?: string;
  /** How many threads compute. */
  threads?: number;
  /** The numbers of an int32 tensor, if they can be had without waiting; see `checkIndices`. */
  integersOf?: (tensor: tf.TensorInfo) => ArrayLike<number> | undefined;
}

const known = new WeakMap<object, BackendFacts>();

/** Records the facts of tfjs's current backend; call it when a backend is started. */
export function describeBackend(facts: BackendFacts): void {
  known.set(tf.backend(), facts);
}

/** What was said of tfjs's current backend; no versions if nobody said anything. */
export function backendFacts(): BackendFacts {
  return known.get(tf.backend()) ?? { versions: {} };
}
