/** What the device was asked for, since the host was made. */
export interface Counters {
  /** Programs that were run, tfjs's own included. */
  dispatches: number;
  /** Command buffers that were submitted. */
  submits: number;
  /** Copies on the device. */
  copies: number;
  /** Programs that were compiled. */
  pipelines: number;
  /** Readings of tensors. */
  reads: number;
  /** Bytes that went to the device with batches. */
  bytesUp: number;
  /** Bytes that were read from it. */
  bytesDown: number;
}

/** Counters at zero. */
export function newCounters(): Counters {
  return {
    dispatches: 0,
    submits: 0,
    copies: 0,
    pipelines: 0,
    reads: 0,
    bytesUp: 0,
    bytesDown: 0,
  };
}
