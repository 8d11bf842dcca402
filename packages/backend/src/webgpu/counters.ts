/** What the device was asked for, since the host was made. */
export class Counters {
  /** Programs that were run, tfjs's own included. */
  dispatches = 0;
  /** Command buffers that were submitted. */
  submits = 0;
  /** Copies on the device. */
  copies = 0;
  /** Programs that were compiled. */
  pipelines = 0;
  /** Readings of tensors. */
  reads = 0;
  /** Bytes that went to the device with batches. */
  bytesUp = 0;
  /** Bytes that were read from it. */
  bytesDown = 0;
}
