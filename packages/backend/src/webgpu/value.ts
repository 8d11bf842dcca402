/** A part of a GPU buffer. */
export interface Allocation {
  buffer: GPUBuffer;
  offset: number;
  /** In bytes, a multiple of 4. */
  size: number;
}

/** Several tensors' memory in one buffer, so that one program binds them all. */
export class Arena {
  readonly buffer: GPUBuffer;
  /** How many values lie in it. */
  live = 0;

  constructor(buffer: GPUBuffer) {
    this.buffer = buffer;
  }
}

/** What programs read and write: a tensor's numbers, or temporary ones. */
export class Value {
  /** In bytes. */
  readonly size: number;
  /** Undefined until the program that makes it is encoded. */
  allocation: Allocation | undefined;
  /** No tensor has it any more: it is freed once the programs that need it are encoded. */
  disposed: boolean;
  /** The arena that it lies in. */
  arena: Arena | undefined;
  /** Programs that are recorded, not encoded, and read it. */
  readers = 0;
  /** Whether a program that is recorded, not encoded, touches it. */
  isRecorded = false;
  /** The tensor data whose memory it is; undefined for temporary values. */
  dataId: object | undefined;
  /** Somebody else frees its memory. */
  isBorrowed = false;

  constructor(size: number, disposed = false) {
    this.size = size;
    this.disposed = disposed;
  }

  /** A value in memory that somebody else frees. */
  static at(place: Allocation): Value {
    const value = new Value(place.size);
    value.allocation = place;
    value.isBorrowed = true;
    return value;
  }
}
