import type { DeviceCounts } from "../protocol.ts";
import { before } from "./intercept.ts";

/** What devices were asked for. */
export interface Tally extends DeviceCounts {
  /** Bytes of buffers that were made and not destroyed: a level. */
  bytesHeld: number;
  /** When something was last submitted, as performance.now() has it. */
  submittedAt: number;
}

/** Counts what any library asks of every device from here on; the counts grow in place. */
export function countCalls(): Tally {
  const tally: Tally = {
    dispatches: 0,
    submits: 0,
    copies: 0,
    bytesUp: 0,
    reads: 0,
    bytesDown: 0,
    buffers: 0,
    bytesHeld: 0,
    submittedAt: 0,
  };
  const destroyed = new WeakSet<GPUBuffer>();
  before(GPUComputePassEncoder.prototype, "dispatchWorkgroups", () => tally.dispatches++);
  before(GPUQueue.prototype, "submit", () => {
    tally.submits++;
    tally.submittedAt = performance.now();
  });
  before(GPUCommandEncoder.prototype, "copyBufferToBuffer", () => tally.copies++);
  before(GPUQueue.prototype, "writeBuffer", ([, , data, , size]) => {
    tally.bytesUp += (size as number | undefined) ?? (data as ArrayBufferLike).byteLength;
  });
  before(GPUDevice.prototype, "createBuffer", ([descriptor]) => {
    const { size, mappedAtCreation } = descriptor as GPUBufferDescriptor;
    tally.buffers++;
    tally.bytesHeld += size;
    if (mappedAtCreation) tally.bytesUp += size;
  });
  before(GPUBuffer.prototype, "destroy", (_, self) => {
    if (!destroyed.has(self)) tally.bytesHeld -= self.size;
    destroyed.add(self);
  });
  before(GPUBuffer.prototype, "mapAsync", ([, , size], self) => {
    tally.reads++;
    tally.bytesDown += (size as number | undefined) ?? self.size;
  });
  return tally;
}
