/** What a device was asked for. */
export interface Tally {
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

/** Counts what is asked of every device from here on, whoever asks; the counts grow in place. */
export function countCalls(): Tally {
  const tally = {
    dispatches: 0,
    submits: 0,
    copies: 0,
    bytesUp: 0,
    reads: 0,
    bytesDown: 0,
    buffers: 0,
  };
  const before = <T extends object, K extends keyof T>(
    prototype: T,
    name: K,
    note: (args: unknown[], self: T) => void,
  ) => {
    const original = prototype[name] as (...args: unknown[]) => unknown;
    prototype[name] = function (this: T, ...args: unknown[]) {
      note(args, this);
      return original.apply(this, args);
    } as T[K];
  };
  before(GPUComputePassEncoder.prototype, "dispatchWorkgroups", () => tally.dispatches++);
  before(GPUQueue.prototype, "submit", () => tally.submits++);
  before(GPUCommandEncoder.prototype, "copyBufferToBuffer", () => tally.copies++);
  before(GPUQueue.prototype, "writeBuffer", ([, , data, , size]) => {
    tally.bytesUp += (size as number | undefined) ?? (data as ArrayBufferLike).byteLength;
  });
  before(GPUDevice.prototype, "createBuffer", ([descriptor]) => {
    const { size, mappedAtCreation } = descriptor as GPUBufferDescriptor;
    tally.buffers++;
    if (mappedAtCreation) tally.bytesUp += size;
  });
  before(GPUBuffer.prototype, "mapAsync", ([, , size], self) => {
    tally.reads++;
    tally.bytesDown += (size as number | undefined) ?? self.size;
  });
  return tally;
}
