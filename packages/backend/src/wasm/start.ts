import { describeBackend, maxThreads } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";

import { type AddressSpaceShare, fitAddressSpace } from "./address-space";

import { canShareMemory, countCores, environmentVariable } from "./environment";
import { hasRelaxedSimd, hasSimd } from "./features";
import { type KernelSettings, WasmHost } from "./host";
import { registerKernels } from "./kernels";
import { memoryErrorOf } from "./memory-error";
import { kernelVersion } from "./revision";
import { type StartThread, ThreadStartError } from "./team";
import { loadTfjs } from "./tfjs-module";
import { compileKernels, type Simd } from "./variant";
import { loadWide, WIDE_SPEED } from "./wide";

/** Options of `startWasm`. */
export interface WasmOptions {
  /** How many threads compute, this one included; default: the processors, at most `maxThreads`. */
  threads?: number;
  /**
   * Which build of the kernels; `auto` is the wide one where a check finds it right and fast, else the
   * relaxed one where the engine has it. Default: the environment variable GROK_SIMD, else `auto`.
   */
  simd?: Simd | "auto";
  /** Milliseconds that a thread waits for another within a kernel before it gives up; default 30 s. */
  patience?: number;
  /** The work, in multiply-adds or the like, from which a kernel runs on all threads; default 30,000. */
  teamWork?: number;
  /** Share the memory where that is possible (default); with `false` there is one thread. */
  shared?: boolean;
  /**
   * How a browser starts a worker for the kernels; default: from the thread that this runs on. In a
   * worker of Firefox (seen in 153) `new Worker` does not return about once in fifty times on a busy
   * machine; a page's main thread can start it instead, where that does not happen.
   */
  startThread?: StartThread;
  /** Watch over what kernels write and read around tensors; slow, for tests. */
  guard?: boolean;
}

/** The one host of this thread: tfjs has one backend called `wasm`. */
let current: { host: WasmHost; guard: boolean; tfjs: string } | undefined;

/**
 * Starts our kernels on tfjs's backend `wasm`, and makes that the current one. Called again with
 * other settings it restarts the kernels and leaves the tensors where they are; only `shared` and
 * `guard` cannot change while tensors live on the backend.
 *
 * @throws RangeError for settings that are not available here, MemoryError where the machine does not
 *   give the memory that WebAssembly needs, ThreadStartError if as many `threads` as are asked for
 *   cannot be started; without `threads`, one thread then computes and the host's `notice` says so
 */
export async function startWasm(options: WasmOptions = {}): Promise<WasmHost> {
  if (!hasSimd())
    throw new RangeError("backend wasm needs WebAssembly with SIMD, which is not here");
  const space = await fitAddressSpace();
  const shared = options.shared ?? canShareMemory();
  if (shared && !canShareMemory()) {
    throw new RangeError("memory cannot be shared here: the page is not cross-origin isolated");
  }
  const settings = {
    ...fewer(resolveThreads(options.threads, shared, await countCores()), space, options),
    ...(await resolveSimd(options.simd ?? environmentSimd(), shared)),
    patience: options.patience ?? 30_000,
    teamWork: options.teamWork ?? 30_000,
    startThread: options.startThread,
  };
  // Side by side: a page has them all to load.
  const [host] = await Promise.all([
    hostFor(shared, options.guard ?? false),
    settings.simd === "wide" ? undefined : compileKernels(settings.simd, shared),
  ]);
  await configure(host, settings, options.threads !== undefined);
  registerKernels(host);
  await tf.setBackend("wasm");
  const tfjs = current?.tfjs ?? "";
  describeBackend({
    versions: { "@grok/backend": kernelVersion, "@tensorflow/tfjs-backend-wasm": tfjs },
    threads: host.threads,
    integersOf: (tensor) => host.view(tensor),
  });
  return host;
}

/** Ends the workers; tensors stay readable. Resolves when none runs any more. */
export async function stopWasm(): Promise<void> {
  await current?.host.stop();
}

async function hostFor(shared: boolean, guard: boolean): Promise<WasmHost> {
  const registered = tf.engine().registry["wasm"] as { numDataIds(): number } | undefined;
  if (current !== undefined && registered === current.host.backend) {
    if (current.host.shared === shared && current.guard === guard) return current.host;
    await current.host.stop();
  }
  const tensors = registered?.numDataIds() ?? 0;
  if (tensors > 0) {
    throw new Error(
      `backend wasm holds ${tensors} tensors, which a new memory would lose: dispose of them before it is started with other settings`,
    );
  }
  current = undefined;
  // Only now: the import registers tfjs's own backend and kernels.
  const [{ BackendWasm, setThreadsCount, version_wasm }, loaded] = await Promise.all([
    import("@tensorflow/tfjs-backend-wasm"),
    loadTfjs(shared).catch((error: unknown) => {
      throw memoryErrorOf(error) ?? error;
    }),
  ]);
  setThreadsCount(1);
  const backend = new BackendWasm(loaded.module as never);
  if ("wasm" in tf.engine().registryFactory) tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => backend, 2);
  const host = new WasmHost(backend, loaded, guard);
  current = { host, guard, tfjs: version_wasm };
  return host;
}

/** Starts the kernels; if nobody asked for threads and none can be started, then on this one alone. */
async function configure(
  host: WasmHost,
  settings: KernelSettings,
  threadsAskedFor: boolean,
): Promise<void> {
  try {
    await host.configure(settings);
  } catch (error) {
    if (!(error instanceof ThreadStartError) || threadsAskedFor) throw error;
    const notice = `One thread computes, as no other could be started: ${error.message}.`;
    await host.configure({ ...settings, threads: 1, notice });
  }
}

/** As many threads as the addresses suffice for: where one more finds none, V8 ends the process. */
function fewer(
  threads: number,
  space: AddressSpaceShare | null,
  { threads: asked }: WasmOptions,
): Pick<KernelSettings, "threads" | "notice"> {
  if (space === null || threads <= space.threads) return { threads };
  const limit = (space.limit / 2 ** 30).toFixed(1);
  const wanted = asked === undefined ? `the ${threads} processors` : `${threads}`;
  return {
    threads: space.threads,
    notice: `This process may use ${limit} GiB of addresses (ulimit -v), which suffice for ${space.threads === 1 ? "one thread" : `${space.threads} threads`}, not for ${wanted}.`,
  };
}

/**
 * How many threads compute: what is asked for, else the machine's cores as far as `maxThreads` goes.
 *
 * @throws RangeError if there cannot be so many
 */
export function resolveThreads(
  threads: number | undefined,
  shared: boolean,
  cores: number,
): number {
  if (threads === undefined) return shared ? Math.min(cores, maxThreads) : 1;
  if (!Number.isInteger(threads) || threads < 1 || threads > maxThreads) {
    throw new RangeError(
      `threads is ${threads}; a whole number from 1 to ${maxThreads} is allowed`,
    );
  }
  if (threads > 1 && !shared) {
    throw new RangeError(
      `threads is ${threads}, but memory cannot be shared here (a page must be cross-origin isolated): only 1 is allowed`,
    );
  }
  return threads;
}

const simds: readonly string[] = ["wide", "relaxed", "plain", "auto"] satisfies (Simd | "auto")[];

function environmentSimd(): Simd | "auto" {
  const simd = environmentVariable("GROK_SIMD") || "auto";
  if (!simds.includes(simd)) {
    throw new RangeError(`GROK_SIMD is ${simd}; ${simds.join(", ")} are allowed`);
  }
  return simd as Simd | "auto";
}

async function resolveSimd(
  simd: Simd | "auto",
  shared: boolean,
): Promise<{ simd: Simd; reason?: string }> {
  if (simd === "plain") return { simd };
  if (simd === "relaxed") {
    if (hasRelaxedSimd()) return { simd };
    throw new RangeError(
      "simd is relaxed, which this engine does not have: auto and plain are allowed",
    );
  }
  if (!hasRelaxedSimd() && simd === "auto") return { simd: "plain" };
  const wide = await loadWide(shared);
  if (simd === "wide") {
    if (wide.module !== undefined) return { simd };
    throw new RangeError(`simd is wide, which is not here: ${wide.missing}`);
  }
  if (wide.module === undefined) return { simd: "relaxed", reason: `${wide.missing}.` };
  const speed = wide.speed.toFixed(2);
  return wide.speed >= WIDE_SPEED
    ? { simd: "wide", reason: `256-bit vectors have ${speed} times the speed of 128-bit ones.` }
    : {
        simd: "relaxed",
        reason: `256-bit vectors have only ${speed} times the speed of 128-bit ones.`,
      };
}
