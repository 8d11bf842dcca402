import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type * as tf from "@tensorflow/tfjs-core";
import { ARGS, ARGS_WORDS, CONTROL_BYTES, FAILED, PATIENCE } from "./control";
import { canBlock, inNode } from "./environment";
import { type Guard, installGuard } from "./guard";
import { Op } from "./op";
import { type StartThread, startTeam, type Team } from "./team";
import type { LoadedTfjs, TfjsModule } from "./tfjs-module";
import { threadHost } from "./thread-host";
import { compileKernels, type KernelExports, type Simd } from "./variant";
import { loadWide } from "./wide";

/** How the kernels run: see `WasmHost.configure`. */
export interface KernelSettings {
  threads: number;
  simd: Simd;
  /** Why this SIMD, where there was a choice: a sentence. */
  reason?: string;
  /** What is less than was asked for, and why: a sentence. */
  notice?: string;
  /** Milliseconds that a thread waits for another within a kernel before it gives up. */
  patience: number;
  /** Jobs of less work than this, in multiply-adds or the like, are not worth waking the team for. */
  teamWork: number;
  /** How browsers start a worker, where not from this thread. */
  startThread?: StartThread | undefined;
}

/**
 * The kernels' host: our WebAssembly module on tfjs's memory, and its threads. A kernel's TypeScript
 * side takes addresses of tensors from it (`pointer`, `output`, `scratch`) and runs the module's side
 * on them (`run`).
 */
export class WasmHost {
  readonly backend: BackendWasm;
  readonly memory: WebAssembly.Memory;
  readonly #module: TfjsModule;
  readonly #guard: Guard | undefined;
  #block: number;
  readonly #scratch = { address: 0, bytes: 0 };
  #settings: KernelSettings = { threads: 1, simd: "plain", patience: 30_000, teamWork: 0 };
  #exports: KernelExports | undefined;
  #team: Team | undefined;
  #broken: Error | undefined;
  #ints = new Int32Array();
  #floats = new Float32Array();

  /** @param guard watch over what kernels write and read around tensors; slow, for tests. */
  constructor(backend: BackendWasm, { module, memory }: LoadedTfjs, guard = false) {
    this.backend = backend;
    this.memory = memory;
    this.#module = module;
    this.#guard = guard ? installGuard(module) : undefined;
    this.#block = this.#allocate(CONTROL_BYTES);
  }

  get threads(): number {
    return this.#settings.threads;
  }

  get simd(): Simd {
    return this.#settings.simd;
  }

  /** Why this SIMD, where there was a choice: a sentence. */
  get reason(): string | undefined {
    return this.#settings.reason;
  }

  /** What is less than was asked for, and why: a sentence. */
  get notice(): string | undefined {
    return this.#settings.notice;
  }

  /** Whether the memory can be shared, and so more than one thread be used. */
  get shared(): boolean {
    return !(this.memory.buffer instanceof ArrayBuffer);
  }

  /** The functions of the module that are no jobs. */
  get exports(): KernelExports {
    if (this.#exports === undefined) throw new Error("the WebAssembly kernels have been stopped");
    return this.#exports;
  }

  /** Why the kernels cannot run, or undefined if they can. */
  get broken(): Error | undefined {
    return this.#broken;
  }

  /** Starts the kernels, or starts them again, with these settings; tensors stay as they are. */
  async configure(settings: KernelSettings): Promise<void> {
    await this.stop();
    const { threads, simd, patience, startThread } = settings;
    if (threads > 1 && !this.shared) {
      throw new RangeError(`threads is ${threads}, but memory cannot be shared here: 1 is allowed`);
    }
    const module =
      simd === "wide"
        ? (await loadWide(this.shared)).module
        : await compileKernels(simd, this.shared);
    if (module === undefined) throw new RangeError("simd is wide, which is not here");
    const instance = await WebAssembly.instantiate(module, {
      env: { memory: this.memory },
      host: threadHost(this.memory),
    });
    const exports = instance.exports as unknown as KernelExports;
    this.#refresh();
    this.#ints.fill(0, this.#block >>> 2, (this.#block + CONTROL_BYTES) >>> 2);
    new Float64Array(this.memory.buffer)[(this.#block + PATIENCE) >>> 3] = patience;
    exports.join(this.#block, canBlock() ? 1 : 0);
    if (threads > 1) {
      this.#team = await startTeam({
        module,
        memory: this.memory,
        block: this.#block,
        threads,
        startThread,
        onDeath: (thread, cause) => this.#fail(`thread ${thread} has died`, cause),
      }).catch((error: unknown) => {
        this.#leaveBlock();
        throw error;
      });
    }
    this.#broken = undefined;
    this.#settings = settings;
    this.#exports = exports;
  }

  /** Ends the workers. The kernels can be started again by `configure`. */
  async stop(): Promise<void> {
    this.#exports = undefined;
    const team = this.#team;
    this.#team = undefined;
    if (team === undefined) return;
    await team.stop();
    this.#leaveBlock();
  }

  /**
   * A browser ends a worker some time after it is told to: until then it must not hear of the jobs of
   * the next team, so that its block is left to it.
   */
  #leaveBlock(): void {
    if (!inNode) this.#block = this.#allocate(CONTROL_BYTES);
  }

  /** The address of a tensor's first byte. */
  pointer({ dataId }: tf.TensorInfo): number {
    return this.backend.getMemoryOffset(dataId);
  }

  /** A new tensor that holds whatever was in the memory; its kernel fills it. */
  output(shape: number[], dtype: tf.DataType): tf.TensorInfo {
    const info = this.backend.makeOutput(shape, dtype);
    if (this.pointer(info) === 0) {
      this.backend.disposeData(info.dataId);
      throw new RangeError(`no memory left for a tensor of shape [${shape.join(", ")}]`);
    }
    return info;
  }

  /** A tensor's elements, in place; valid until the next allocation. */
  view(info: tf.TensorInfo): tf.TypedArray {
    return this.backend.typedArrayFromHeap(info);
  }

  /**
   * The address of at least `bytes` of working memory, on a cache line's border. Every call gives the
   * same memory: it is a kernel's own for one job.
   */
  scratch(bytes: number): number {
    const scratch = this.#scratch;
    if (scratch.bytes < bytes) {
      if (scratch.address !== 0) this.#module._free(scratch.address);
      scratch.bytes = 0;
      scratch.address = this.#allocate(bytes);
      scratch.bytes = bytes;
    }
    return scratch.address;
  }

  /**
   * Runs a kernel: every thread calls its AssemblyScript function with the address of the arguments,
   * `ints` and behind them `floats`, 4 bytes each.
   *
   * @param work about how many multiply-adds (or the like) it takes: little work is done here alone.
   * @throws Error when a thread has died or hangs; the kernels must then be started again.
   */
  run(op: Op, ints: readonly number[], floats: readonly number[] = [], work = Infinity): void {
    if (this.#broken !== undefined) throw this.#broken;
    const { exports } = this;
    const words = ints.length + floats.length;
    if (words > ARGS_WORDS) {
      throw new RangeError(`kernel ${Op[op]} got ${words} arguments, ${ARGS_WORDS} are allowed`);
    }
    this.#refresh();
    const args = this.#block + ARGS;
    this.#ints.set(ints, args >>> 2);
    this.#floats.set(floats, (args >>> 2) + ints.length);
    try {
      exports.run(op, args, work < this.#settings.teamWork ? 1 : this.threads);
    } catch (cause) {
      const failed = Atomics.load(this.#ints, (this.#block + FAILED) >>> 2);
      const who = failed > 1 ? `thread ${failed - 1} has died` : "a thread has failed or hangs";
      throw this.#fail(`${who} in kernel ${Op[op]}`, cause);
    }
    this.#guard?.check();
  }

  #fail(what: string, cause: unknown): Error {
    this.#broken ??= new Error(
      `the WebAssembly kernels have stopped: ${what}; start them again with useBackend`,
      { cause },
    );
    // Those who wait for each other in the middle of a kernel give up when they see this.
    this.#refresh();
    Atomics.compareExchange(this.#ints, (this.#block + FAILED) >>> 2, 0, 1);
    return this.#broken;
  }

  #allocate(bytes: number): number {
    const address = this.#module._malloc(bytes) >>> 0;
    if (address === 0) throw new RangeError(`no memory left for ${bytes} bytes`);
    return address;
  }

  /** The memory's views go stale when it grows. */
  #refresh(): void {
    const { buffer } = this.memory;
    if (this.#ints.buffer === buffer) return;
    this.#ints = new Int32Array(buffer);
    this.#floats = new Float32Array(buffer);
  }
}
