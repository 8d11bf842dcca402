import type { Allocation } from "./value";

/** Bytes of a block, and of each that is too small for what it is to hold. */
const BLOCK = 1 << 20;

interface Block {
  buffer: GPUBuffer;
  bytes: Uint8Array;
  used: number;
}

/**
 * What a batch of programs needs from this side, gathered: settings and indices of all programs go to
 * the device in one copy, made right before the batch is submitted. The queue keeps order, so that the
 * next batch can use the same memory.
 */
export class Uploads {
  /** Bytes sent so far. */
  sent = 0;
  readonly #device: GPUDevice;
  readonly #alignment: number;
  readonly #blocks: Block[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
    const { minUniformBufferOffsetAlignment, minStorageBufferOffsetAlignment } = device.limits;
    this.#alignment = Math.max(minUniformBufferOffsetAlignment, minStorageBufferOffsetAlignment);
  }

  /** Bytes of the device's memory that it holds. */
  get capacity(): number {
    return this.#blocks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** Takes a copy of numbers of 4 bytes each, and says where the batch's programs find it. */
  add(values: Float32Array | Int32Array | Uint32Array): Allocation {
    const size = values.byteLength;
    const block = this.#blockFor(size);
    const offset = block.used;
    block.bytes.set(new Uint8Array(values.buffer, values.byteOffset, size), offset);
    block.used = Math.ceil((offset + size) / this.#alignment) * this.#alignment;
    return { buffer: block.buffer, offset, size };
  }

  /** Sends everything; to be called right before the batch is submitted. */
  send(): void {
    for (const block of this.#blocks) {
      const size = Math.min(block.used, block.bytes.length);
      if (size > 0) this.#device.queue.writeBuffer(block.buffer, 0, block.bytes.buffer, 0, size);
      this.sent += size;
      block.used = 0;
    }
  }

  dispose(): void {
    for (const { buffer } of this.#blocks) buffer.destroy();
    this.#blocks.length = 0;
  }

  #blockFor(size: number): Block {
    const found = this.#blocks.find(({ bytes, used }) => used + size <= bytes.length);
    if (found !== undefined) return found;
    const capacity = Math.ceil(Math.max(size, 1) / BLOCK) * BLOCK;
    const buffer = this.#device.createBuffer({
      size: capacity,
      usage:
        GPUBufferUsage.UNIFORM |
        GPUBufferUsage.STORAGE |
        GPUBufferUsage.COPY_DST |
        GPUBufferUsage.COPY_SRC,
    });
    const block = { buffer, bytes: new Uint8Array(capacity), used: 0 };
    this.#blocks.push(block);
    return block;
  }
}
