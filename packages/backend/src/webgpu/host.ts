import type * as tf from "@tensorflow/tfjs-core";
import type { GpuBackend } from "./backend";
import { type Counters, newCounters } from "./counters";
import { DeviceError } from "./error";
import { groupCall } from "./matmul/group";
import { type Job, ProductNode } from "./matmul/job";
import type { Call, Node } from "./node";
import { type Program, packSettings, ROW, sourceOf } from "./program";
import { schedule } from "./schedule";
import { Uploads } from "./uploads";
import { Slab, Value } from "./value";

/** Calculations that are recorded at most before they are encoded. */
const MOST_RECORDED = 1024;

/** What tensors' memory can be used for. */
const tensorUsage = () =>
  GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/**
 * Runs our programs on tfjs's backend `webgpu`. Kernels *record* what is to be computed; a batch is
 * encoded and submitted when the JavaScript that recorded it gives way (a training step does so once),
 * when something is read, or before a stock operation needs a result. By then it is known which results
 * nobody will see, so that additions join what comes before them and products share calls.
 */
export class WebgpuHost {
  readonly backend: GpuBackend;
  readonly device: GPUDevice;
  /** The adapter's name, with "(software)" where it is none. */
  readonly adapterName: string;
  readonly counters: Counters = newCounters();
  /** Storage buffers that a program may bind. */
  readonly mostBuffers: number;
  readonly #uploads: Uploads;
  readonly #pipelines = new Map<string, GPUComputePipeline>();
  readonly #values = new WeakMap<object, Value>();
  /** Tensors' numbers that are sent with this batch. */
  readonly #sent = new Map<object, Value>();
  /** Data that went along with a batch once: a second time it gets memory of its own. */
  readonly #sentBefore = new WeakSet<object>();
  readonly #constants = new Map<string, Value>();
  #recorded: Node[] = [];
  #isFlushing = false;
  #isScheduled = false;
  #failure: Error | undefined;

  /** Resolves when the device is gone. */
  readonly lost: Promise<void>;

  constructor(backend: GpuBackend, device: GPUDevice, adapterName: string) {
    this.backend = backend;
    this.device = device;
    this.adapterName = adapterName;
    this.mostBuffers = device.limits.maxStorageBuffersPerShaderStage;
    this.#uploads = new Uploads(device);
    this.lost = device.lost.then(({ message }) =>
      this.fail(`the graphics device was lost${message ? `: ${message}` : ""}`),
    );
    device.addEventListener("uncapturederror", (event) => {
      const { error } = event as GPUUncapturedErrorEvent;
      this.fail(`the graphics device reports: ${error.message.split("\n")[0]}`);
    });
  }

  /** Why it computes no more, if so. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Notes that what the device computes is not to be trusted any more; the first reason stays. */
  fail(reason: string): void {
    this.#failure ??= new DeviceError(reason);
  }

  /** @throws DeviceError where the device has failed */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** A tensor's numbers, for a program to read. */
  input({ dataId }: tf.TensorInfo): Value {
    const ours = this.#values.get(dataId);
    if (ours !== undefined) return ours;
    const data = this.backend.tensorMap.get(dataId);
    if (data.resource == null && data.values != null) {
      const sent = this.#sent.get(dataId);
      if (sent !== undefined) return sent;
      if (!this.#sentBefore.has(dataId)) {
        this.#sentBefore.add(dataId);
        const value = Value.at(this.upload(toWords(data.values, data.dtype)));
        this.#sent.set(dataId, value);
        return value;
      }
      this.backend.uploadToGPU(dataId);
    }
    const buffer = data.resource as GPUBuffer;
    const value = Value.at({ buffer, offset: 0, size: 4 * data.shape.reduce((a, b) => a * b, 1) });
    // As tfjs does itself: it is freed after the batch.
    this.backend.commandQueueOwnedIds.add(dataId);
    return value;
  }

  /** A tensor's numbers as they are on this side, where they are: indices always, other data if new. */
  numbersOf({ dataId }: tf.TensorInfo): ArrayLike<number> | undefined {
    return this.backend.tensorMap.get(dataId).values ?? undefined;
  }

  /** A new tensor, for a recorded program to write. */
  output(shape: number[], dtype: "float32" | "int32" = "float32"): tf.TensorInfo {
    const info = this.backend.makeTensorInfo(shape, dtype);
    const value = new Value(4 * shape.reduce((a, b) => a * b, 1));
    if (value.size === 0) {
      this.backend.tensorMap.get(info.dataId).values = new Float32Array();
      return info;
    }
    value.dataId = info.dataId;
    this.#values.set(info.dataId, value);
    return info;
  }

  /** A second handle on a tensor's data. */
  share({ dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
    this.backend.incRef(dataId);
    return { dataId, shape, dtype };
  }

  /** Working memory of the batch. */
  temporary(elements: number): Value {
    return new Value(4 * elements, true);
  }

  /** Sends numbers along with the batch, for its programs to read. */
  upload(values: Float32Array | Int32Array | Uint32Array) {
    if (values.byteLength === 0) return this.#uploads.add(new Float32Array(1));
    return this.#uploads.add(values);
  }

  /** As {@link upload}; the same array goes along with a batch once. */
  uploadOnce(values: Int32Array): Value {
    let value = this.#sent.get(values);
    if (value === undefined) {
      value = Value.at(this.upload(values));
      this.#sent.set(values, value);
    }
    return value;
  }

  /** Numbers that stay on the device, made once. */
  constant(key: string, make: () => Float32Array): Value {
    let value = this.#constants.get(key);
    if (value === undefined) {
      const numbers = make();
      const size = Math.max(4, numbers.byteLength);
      const buffer = this.device.createBuffer({ size, usage: tensorUsage() });
      this.device.queue.writeBuffer(buffer, 0, numbers as BufferSource);
      value = Value.at({ buffer, offset: 0, size });
      this.#constants.set(key, value);
    }
    return value;
  }

  /** Records a matrix product. */
  product(job: Job): void {
    this.record(new ProductNode(job, this.mostBuffers));
  }

  /** Records calls of programs, which are made in this order. */
  run(...calls: Call[]): void {
    for (const call of calls) this.record(new CallNode(call));
  }

  /** Records a calculation. */
  record(node: Node): void {
    this.check();
    for (const value of node.reads()) {
      value.readers++;
      value.isRecorded = true;
    }
    for (const value of node.writes()) value.isRecorded = true;
    this.#recorded.push(node);
    if (this.#recorded.length >= MOST_RECORDED) this.backend.submitQueue();
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      queueMicrotask(() => {
        this.#isScheduled = false;
        try {
          if (this.#failure === undefined) this.backend.submitQueue();
        } catch (error) {
          // Nobody waits for this; who reads next is told.
          this.#failure ??= error as Error;
        }
      });
    }
  }

  /** Whether a recorded program is still to make a tensor's numbers. */
  isPending(dataId: object): boolean {
    const value = this.#values.get(dataId);
    return value !== undefined && value.place === undefined;
  }

  /** The value of a tensor whose memory we look after. */
  valueOf(dataId: object): Value | undefined {
    return this.#values.get(dataId);
  }

  /** Gives tensors memory in a slab, at these offsets in bytes; what they had is copied and freed. */
  moveTo(slab: Slab, tensors: readonly tf.TensorInfo[], offsets: readonly number[]): Value[] {
    const pairs = tensors.map((info, i): [Value, Value] => {
      const from = this.input(info);
      const data = this.backend.tensorMap.get(info.dataId);
      // tfjs's own buffer goes back to the pool like one of ours.
      if (data.resource != null) from.isBorrowed = false;
      const to = new Value(from.size);
      to.dataId = info.dataId;
      this.place(to, slab, offsets[i] as number);
      this.#values.set(info.dataId, to);
      this.#sent.delete(info.dataId);
      from.dataId = undefined;
      from.dead = true;
      data.values = null;
      return [from, to];
    });
    this.record(new CopyNode(pairs));
    return pairs.map(([, to]) => to);
  }

  /** Frees a value, or has it freed once the programs that need it are encoded. */
  died(value: Value): void {
    value.dead = true;
    if (!value.isRecorded) this.#free(value);
  }

  /** A buffer from the pool. */
  acquire(size: number): GPUBuffer {
    return this.backend.bufferManager.acquireBuffer(size, tensorUsage());
  }

  /** Encodes what is recorded; what is encoded runs with the next submission. */
  encode(): void {
    if (this.#isFlushing || this.#recorded.length === 0) return;
    this.#isFlushing = true;
    const recorded = this.#recorded;
    this.#recorded = [];
    const touched = new Set(recorded.flatMap((node) => [...node.reads(), ...node.writes()]));
    try {
      for (const node of recorded) node.place?.(this);
      for (const { node, jobs } of schedule(recorded, this.mostBuffers)) {
        if (jobs !== undefined) {
          for (const job of jobs) {
            this.#allocate(job.out);
            if (job.before !== undefined) this.#allocate(job.before);
          }
          this.#dispatch(groupCall(jobs));
        } else {
          node.prepare?.(this);
          for (const value of node.writes()) this.#allocate(value);
          for (const call of node.calls()) this.#dispatch(call);
          node.finish?.(this);
        }
      }
    } catch (error) {
      this.#failure ??= error as Error;
      throw error;
    } finally {
      for (const value of touched) {
        value.isRecorded = false;
        value.readers = 0;
        if (value.dead) this.#free(value);
      }
      this.#isFlushing = false;
    }
  }

  /** To be called right before tfjs submits. */
  beforeSubmit(): void {
    this.encode();
    this.backend.ensureCommandEncoderReady();
    this.backend.endComputePassEncoder();
    const before = this.#uploads.sent;
    this.#uploads.send();
    this.counters.submits++;
    this.counters.bytesUp += this.#uploads.sent - before;
    this.#sent.clear();
  }

  /** Copies numbers on the device, in the order of what is encoded. */
  copy(from: Value, to: Value): void {
    const [source, target] = [from.place, to.place];
    if (source === undefined || target === undefined)
      throw new Error("a copy of what is not made yet");
    this.backend.ensureCommandEncoderReady();
    this.backend.endComputePassEncoder();
    const encoder = this.backend.commandEncoder as GPUCommandEncoder;
    const size = Math.min(source.size, target.size);
    encoder.copyBufferToBuffer(source.buffer, source.offset, target.buffer, target.offset, size);
    this.counters.copies++;
  }

  /** Fills a buffer with zeros, in the order of what is encoded. */
  clear(buffer: GPUBuffer): void {
    this.backend.ensureCommandEncoderReady();
    this.backend.endComputePassEncoder();
    (this.backend.commandEncoder as GPUCommandEncoder).clearBuffer(buffer);
  }

  /** Bytes of the device's memory beyond those that tfjs counts. */
  get ownBytes(): number {
    let bytes = this.#uploads.capacity;
    for (const { size } of this.#constants.values()) bytes += size;
    return bytes;
  }

  /** To be called before the device is given back. */
  dispose(): void {
    this.fail("the graphics device was given back");
    this.#recorded = [];
    this.#uploads.dispose();
    for (const { place } of this.#constants.values()) place?.buffer.destroy();
    this.#constants.clear();
  }

  #allocate(value: Value): void {
    if (value.place !== undefined) return;
    value.place = { buffer: this.acquire(value.size), offset: 0, size: value.size };
    this.#show(value);
  }

  /** Lets stock operations see the memory. */
  #show(value: Value): void {
    if (value.dataId === undefined || value.dead) return;
    const data = this.backend.tensorMap.get(value.dataId);
    if (data !== undefined) data.resource = value.place?.buffer;
  }

  /** Marks values that were placed in a slab before they are made as visible. */
  place(value: Value, slab: Slab, offset: number): void {
    value.slab = slab;
    slab.live++;
    value.place = { buffer: slab.buffer, offset, size: value.size };
    this.#show(value);
  }

  #free(value: Value): void {
    const { place, slab } = value;
    if (place === undefined || value.isBorrowed) return;
    value.place = undefined;
    if (slab === undefined) this.backend.bufferManager.releaseBuffer(place.buffer);
    else this.release(slab);
  }

  /** Takes one value from a slab. */
  release(slab: Slab): void {
    slab.live--;
    if (slab.live === 0) this.backend.bufferManager.releaseBuffer(slab.buffer);
  }

  #pipeline(program: Program): GPUComputePipeline {
    let pipeline = this.#pipelines.get(program.key);
    if (pipeline === undefined) {
      const module = this.device.createShaderModule({ code: sourceOf(program) });
      pipeline = this.device.createComputePipeline({
        layout: "auto",
        compute: { module, entryPoint: "main" },
      });
      this.#pipelines.set(program.key, pipeline);
      this.counters.pipelines++;
    }
    return pipeline;
  }

  #dispatch(call: Call): void {
    const { program, values, settings, groups } = call;
    if (groups === 0) return;
    const pipeline = this.#pipeline(program);
    const places = this.#withoutConflicts(call);
    if (settings.length > 0) {
      places.push(this.#uploads.add(packSettings(program.parameters, settings)));
    }
    const entries = places.map((place, binding) => ({
      binding,
      resource: place,
    }));
    const bindGroup = this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries,
    });
    const { backend } = this;
    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass();
    const pass = backend.computePassEncoder;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    if (groups <= ROW) pass.dispatchWorkgroups(groups);
    else pass.dispatchWorkgroups(ROW, Math.ceil(groups / ROW));
    this.counters.dispatches++;
    for (const value of values)
      if (value.dataId !== undefined) backend.commandQueueOwnedIds.add(value.dataId);
  }

  /** Where the values lie; one that is read from a buffer that is written to, too, is copied first. */
  #withoutConflicts({ program, values }: Call) {
    const written = new Set<GPUBuffer>();
    for (const [i, { writes }] of program.buffers.entries()) {
      if (writes) written.add((values[i] as Value).place?.buffer as GPUBuffer);
    }
    return values.map((value, i) => {
      const { place } = value;
      if (place === undefined)
        throw new Error(`a program reads ${program.buffers[i]?.name}, which is not made yet`);
      if (program.buffers[i]?.writes || !written.has(place.buffer)) return place;
      const copy = new Value(value.size, true);
      this.#allocate(copy);
      this.copy(value, copy);
      const at = copy.place;
      this.#free(copy);
      return at as NonNullable<typeof at>;
    });
  }
}

/** Copies that stand between calculations. */
class CopyNode implements Node {
  readonly isUpdate = true;
  readonly #pairs: readonly [from: Value, to: Value][];
  constructor(pairs: readonly [from: Value, to: Value][]) {
    this.#pairs = pairs;
  }
  reads(): Value[] {
    return this.#pairs.map(([from]) => from);
  }
  writes(): Value[] {
    return this.#pairs.map(([, to]) => to);
  }
  prepare(host: WebgpuHost): void {
    for (const [from, to] of this.#pairs) host.copy(from, to);
  }
  calls(): never[] {
    return [];
  }
}

/** Some calls of programs. */
class CallNode implements Node {
  readonly #call: Call;
  constructor(call: Call) {
    this.#call = call;
  }
  reads(): Value[] {
    const { program, values } = this.#call;
    return values.filter((_, i) => !program.buffers[i]?.writes);
  }
  writes(): Value[] {
    const { program, values } = this.#call;
    return values.filter((_, i) => program.buffers[i]?.writes);
  }
  calls(): Call[] {
    return [this.#call];
  }
}

function toWords(values: ArrayLike<number>, dtype: string): Float32Array | Int32Array {
  if (dtype === "float32") {
    return values instanceof Float32Array ? values : Float32Array.from(values);
  }
  return values instanceof Int32Array ? values : Int32Array.from(values);
}
