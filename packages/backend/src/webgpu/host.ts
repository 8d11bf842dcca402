import type { Call } from "./call";
import { CallNode } from "./call-node";
import { type Counters, newCounters } from "./counters";
import { Encoder } from "./encoder";
import { DeviceError } from "./error";
import type { GpuBackend } from "./gpu-backend";
import { groupCall } from "./matmul/group";
import { type MatmulSpec, ProductNode } from "./matmul/spec";
import { Memory } from "./memory";
import type { Node } from "./node";
import { schedule } from "./schedule";
import { Uploads } from "./uploads";

/** Calculations that are recorded at most before they are encoded. */
const MAX_RECORDED = 1024;

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
  readonly maxBuffers: number;
  /** Where tensors lie. */
  readonly memory: Memory;
  /** What is encoded goes through it; for what a recorded calculation does besides its calls. */
  readonly encoder: Encoder;
  readonly #uploads: Uploads;
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
    this.maxBuffers = device.limits.maxStorageBuffersPerShaderStage;
    const uploads = new Uploads(device);
    const memory = new Memory(backend, device, uploads);
    this.#uploads = uploads;
    this.memory = memory;
    this.encoder = new Encoder({ backend, device, memory, uploads, counters: this.counters });
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

  /** @throws DeviceError if the device has failed */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Records a matrix product. */
  product(spec: MatmulSpec): void {
    this.record(new ProductNode(spec, this.maxBuffers));
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
    if (this.#recorded.length >= MAX_RECORDED) this.backend.submitQueue();
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

  /** Encodes what is recorded; what is encoded runs with the next submission. */
  encode(): void {
    if (this.#isFlushing || this.#recorded.length === 0) return;
    this.#isFlushing = true;
    const { memory } = this;
    const recorded = this.#recorded;
    this.#recorded = [];
    const touched = new Set(recorded.flatMap((node) => [...node.reads(), ...node.writes()]));
    try {
      for (const node of recorded) node.place?.(this);
      for (const { node, specs } of schedule(recorded, this.maxBuffers)) {
        if (specs === undefined) this.#encodeNode(node);
        else this.#encodeProducts(specs);
      }
    } catch (error) {
      this.#failure ??= error as Error;
      throw error;
    } finally {
      for (const value of touched) {
        value.isRecorded = false;
        value.readers = 0;
        if (value.disposed) memory.free(value);
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
    this.memory.staging.clear();
  }

  /** Bytes of the device's memory beyond those that tfjs counts. */
  get ownBytes(): number {
    return this.#uploads.capacity + this.memory.ownBytes;
  }

  /** To be called before the device is given back. */
  dispose(): void {
    this.fail("the graphics device was given back");
    this.#recorded = [];
    this.#uploads.dispose();
    this.memory.dispose();
  }

  #encodeProducts(specs: readonly MatmulSpec[]): void {
    for (const spec of specs) {
      this.memory.allocate(spec.out);
      if (spec.preactivation !== undefined) this.memory.allocate(spec.preactivation);
    }
    this.encoder.dispatch(groupCall(specs));
  }

  #encodeNode(node: Node): void {
    node.prepare?.(this);
    for (const value of node.writes()) this.memory.allocate(value);
    for (const call of node.calls()) this.encoder.dispatch(call);
    node.finish?.(this);
  }
}
