import type * as tf from "@tensorflow/tfjs-core";
import { Constants } from "./constants";
import type { GpuBackend } from "./gpu-backend";
import { Staging } from "./staging";
import type { Uploads } from "./uploads";
import { tensorUsage } from "./usage";
import { type Arena, Value } from "./value";

/**
 * Where tensors' numbers lie: in memory of ours from when a recorded program makes them, in an arena with
 * others, in tfjs's, or among what is sent along with the batch.
 */
export class Memory {
  readonly #backend: GpuBackend;
  readonly #values = new WeakMap<object, Value>();
  readonly #constants: Constants;
  readonly staging: Staging;

  constructor(backend: GpuBackend, device: GPUDevice, uploads: Uploads) {
    this.#backend = backend;
    this.#constants = new Constants(device);
    this.staging = new Staging(uploads);
  }

  /** A tensor's numbers, for a program to read. */
  input({ dataId }: tf.TensorInfo): Value {
    const ours = this.#values.get(dataId);
    if (ours !== undefined) return ours;
    const data = this.#backend.tensorMap.get(dataId);
    const { values, dtype } = data;
    if (data.resource == null && values != null) {
      const sent = this.staging.ofTensor(dataId, { values, dtype });
      if (sent !== undefined) return sent;
      this.#backend.uploadToGPU(dataId);
    }
    const buffer = data.resource as GPUBuffer;
    const value = Value.at({ buffer, offset: 0, size: 4 * data.shape.reduce((a, b) => a * b, 1) });
    // As tfjs does itself: it is freed after the batch.
    this.#backend.commandQueueOwnedIds.add(dataId);
    return value;
  }

  /** A tensor's numbers as they are on this side, where they are: indices always, other data if new. */
  numbersOf({ dataId }: tf.TensorInfo): ArrayLike<number> | undefined {
    return this.#backend.tensorMap.get(dataId).values ?? undefined;
  }

  /** A new tensor, for a recorded program to write. */
  output(shape: number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    const info = this.#backend.makeTensorInfo(shape, dtype);
    const value = new Value(4 * shape.reduce((a, b) => a * b, 1));
    if (value.size === 0) {
      this.#backend.tensorMap.get(info.dataId).values = new Float32Array();
      return info;
    }
    value.dataId = info.dataId;
    this.#values.set(info.dataId, value);
    return info;
  }

  /** A second handle on a tensor's data. */
  share({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
    this.#backend.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /** Working memory of the batch. */
  temporary(elements: number): Value {
    return new Value(4 * elements, true);
  }

  /** Numbers that stay on the device, made once. */
  constant(key: string, make: () => Float32Array): Value {
    return this.#constants.get(key, make);
  }

  /** Whether a recorded program is still to make a tensor's numbers. */
  isPending(dataId: object): boolean {
    const value = this.#values.get(dataId);
    return value !== undefined && value.allocation === undefined;
  }

  /** The value of a tensor whose memory we look after. */
  valueOf(dataId: object): Value | undefined {
    return this.#values.get(dataId);
  }

  /**
   * Gives tensors memory in an arena, at these offsets in bytes.
   *
   * @returns what they had, to be copied before it is freed, and what they have
   */
  moveTo(
    arena: Arena,
    tensors: readonly tf.TensorInfo[],
    offsets: readonly number[],
  ): [from: Value, to: Value][] {
    return tensors.map((info, i): [Value, Value] => {
      const from = this.input(info);
      const data = this.#backend.tensorMap.get(info.dataId);
      // tfjs's own buffer goes back to the pool like one of ours.
      if (data.resource != null) from.isBorrowed = false;
      const to = new Value(from.size);
      to.dataId = info.dataId;
      this.placeIn(to, arena, offsets[i] as number);
      this.#values.set(info.dataId, to);
      this.staging.forget(info.dataId);
      from.dataId = undefined;
      from.disposed = true;
      data.values = null;
      return [from, to];
    });
  }

  /** Gives a value memory where it has none. */
  allocate(value: Value): void {
    if (value.allocation !== undefined) return;
    value.allocation = { buffer: this.acquire(value.size), offset: 0, size: value.size };
    this.#show(value);
  }

  /** Gives a value its place in an arena before it is made. */
  placeIn(value: Value, arena: Arena, offset: number): void {
    value.arena = arena;
    arena.live++;
    value.allocation = { buffer: arena.buffer, offset, size: value.size };
    this.#show(value);
  }

  /** Frees a value, or has it freed once the programs that need it are encoded. */
  release(value: Value): void {
    value.disposed = true;
    if (!value.isRecorded) this.free(value);
  }

  /** Gives a value's memory back. */
  free(value: Value): void {
    const { allocation, arena } = value;
    if (allocation === undefined || value.isBorrowed) return;
    value.allocation = undefined;
    if (arena === undefined) this.#backend.bufferManager.releaseBuffer(allocation.buffer);
    else this.leaveArena(arena);
  }

  /** A buffer from the pool. */
  acquire(size: number): GPUBuffer {
    return this.#backend.bufferManager.acquireBuffer(size, tensorUsage());
  }

  /** Takes one value from an arena. */
  leaveArena(arena: Arena): void {
    arena.live--;
    if (arena.live === 0) this.#backend.bufferManager.releaseBuffer(arena.buffer);
  }

  /** Bytes of the device's memory beyond those that tfjs counts. */
  get ownBytes(): number {
    return this.#constants.bytes;
  }

  dispose(): void {
    this.#constants.dispose();
  }

  /** Lets stock operations see the memory. */
  #show(value: Value): void {
    if (value.dataId === undefined || value.disposed) return;
    const data = this.#backend.tensorMap.get(value.dataId);
    if (data !== undefined) data.resource = value.allocation?.buffer;
  }
}
