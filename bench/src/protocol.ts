import type { CountedProduct } from "./arithmetic.ts";

/** What an implementation, in a process of its own, says first. */
export interface Ready {
  /** Numbers that it trains. */
  parameters: number;
  /** The loss of each of the common first steps, or as many of them as it has time for. */
  losses: number[];
  /** What it runs on, by name. */
  versions: Record<string, string>;
  /** The graphics adapter that it computes on, of an implementation on WebGPU. */
  adapter?: Adapter;
}

/** A graphics adapter. */
export interface Adapter {
  name: string;
  /** Whether it computes on the processor. */
  isSoftware: boolean;
  /** Whether it tells how long it computed. */
  hasTimestamps: boolean;
}

/** What a graphics device is asked for. */
export interface DeviceCounts {
  dispatches: number;
  submits: number;
  /** Copies from buffer to buffer. */
  copies: number;
  /** Bytes written to the device through the queue or mapped memory. */
  bytesUp: number;
  /** Buffers mapped for reading. */
  reads: number;
  /** Bytes read back. */
  bytesDown: number;
  /** Buffers made. */
  buffers: number;
}

/** What a step asks of a graphics device, all of it per step. */
export interface StepCounts extends DeviceCounts {
  /** Steps that were counted. */
  steps: number;
  /** Milliseconds until the last step was submitted: what JavaScript takes where nothing is waited for. */
  hostMs: number;
  /** Milliseconds until the last step was computed. */
  wallMs: number;
  /** Milliseconds in which the device computed, by its own clock; null if it has none. */
  deviceMs: number | null;
  /** Bytes of the device's buffers at the end: a level, not per step. */
  bytesHeld: number;
}

/** A measured slice of training. */
export interface Slice {
  steps: number;
  seconds: number;
  /** The newest training loss that it knows. */
  loss: number | null;
}

/** Time in one of tfjs's kernels, over a profiled slice. */
export interface KernelTime {
  name: string;
  calls: number;
  /** In the kernel, without other kernels that it calls. */
  seconds: number;
  /** The part of it in WebAssembly, where the kernel is ours. */
  wasmSeconds: number;
}

/** Where the time of a profiled slice went. */
export interface Profile {
  steps: number;
  seconds: number;
  /** The longest first. */
  kernels: KernelTime[];
  /** Jobs of the WebAssembly module, by name, the longest first. */
  jobs: { name: string; calls: number; seconds: number; multiplyAdds: number }[];
}

/** How fast a matrix product runs by itself, round by round. */
export interface ProductSpeed {
  product: CountedProduct;
  /** GFLOP per second. */
  speeds: number[];
}

/** Products' speeds, and the processor's limit in the same rounds. */
export interface ProductSpeeds {
  products: ProductSpeed[];
  /** GFLOP per second. */
  peaks: number[];
}

/** What an implementation says last. */
export interface Ended {
  /** The most memory that its process had, in bytes. */
  peakMemory: number;
}

/** What an implementation may be asked; each is answered by one line of JSON. */
export type Request =
  | { do: "run"; seconds: number }
  | { do: "profile"; seconds: number }
  | { do: "count"; steps: number }
  | { do: "products"; products: CountedProduct[]; rounds: number; seconds: number }
  | { do: "end" };

/** A request's answer: what was asked for, or why not. */
export type Answer = { ok: unknown } | { error: string };
