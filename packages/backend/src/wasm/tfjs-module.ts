import { alignAllocations } from "./alignment";
import { inNode } from "./environment";
import { withoutWorkers } from "./inert-worker";
import { importScript } from "./page-script";
import { tfjsBinary } from "./tfjs-binary";

/** The part of tfjs-backend-wasm's Emscripten module that we use. */
export interface TfjsModule {
  HEAPU8: Uint8Array;
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
  cwrap(name: string, result: string | null, args: string[]): (...args: number[]) => number;
  /** Its WebAssembly exports: the memory is among them where it is the module's own. */
  asm: { memory?: WebAssembly.Memory };
  tfjs: Record<string, (...args: number[]) => number | void>;
}

type Factory = (config: {
  wasmBinary: ArrayBuffer | Uint8Array;
  wasmMemory?: WebAssembly.Memory;
  locateFile: (path: string) => string;
}) => Promise<TfjsModule>;

/** 64 KiB each. */
const INITIAL_PAGES = 256;
const MAXIMUM_PAGES = 65536;

/** tfjs's module, and the memory that its tensors live in. */
export interface LoadedTfjs {
  module: TfjsModule;
  memory: WebAssembly.Memory;
}

/**
 * Loads tfjs-backend-wasm's SIMD build: the one for threads on a shared memory of our own, else the
 * other on its own memory. Either may grow to 4 GiB.
 */
export async function loadTfjs(shared: boolean): Promise<LoadedTfjs> {
  if (!shared) {
    const [imported, wasmBinary] = await Promise.all([
      import("@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js"),
      tfjsBinary("tfjs-backend-wasm-simd"),
    ]);
    const start = await factoryOf(imported, "tfjs-backend-wasm.js", "WasmBackendModule");
    const module = await withoutTraces(start)({
      wasmBinary,
      locateFile: (path) => path,
    });
    return { module: withApi(module), memory: module.asm.memory as WebAssembly.Memory };
  }
  const [imported, wasmBinary] = await Promise.all([
    import("@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js"),
    tfjsBinary("tfjs-backend-wasm-threaded-simd"),
  ]);
  const memory = new WebAssembly.Memory({
    initial: INITIAL_PAGES,
    maximum: MAXIMUM_PAGES,
    shared: true,
  });
  const name = "tfjs-backend-wasm-threaded-simd.js";
  const start = withoutTraces(await factoryOf(imported, name, "WasmBackendModuleThreadedSimd"));
  const module = await withoutWorkers(() =>
    start({ wasmBinary, wasmMemory: memory, locateFile: (path) => path }),
  );
  return { module: withApi(module), memory };
}

/** The factory, whether it came as a CommonJS module, as a bundle's, or as a page's script. */
async function factoryOf(imported: object, path: string, name: string): Promise<Factory> {
  if ("default" in imported) return imported.default as Factory;
  if (typeof imported === "function") return imported as Factory;
  const { default: factory } = (await importScript(path, name)) as { default: Factory };
  return factory;
}

/** Emscripten's start-up adds listeners that turn every unhandled error into its own: takes them off. */
function withoutTraces(factory: Factory): Factory {
  if (!inNode) return factory;
  return (config) => {
    const events = ["uncaughtException", "unhandledRejection"];
    const before = events.map((event) => process.listeners(event as "exit"));
    try {
      return factory(config);
    } finally {
      for (const [i, event] of events.entries()) {
        for (const listener of process.listeners(event as "exit")) {
          if (!before[i]?.includes(listener)) process.removeListener(event, listener);
        }
      }
    }
  };
}

/** Adds what tfjs's own start-up adds and its kernels call, and aligned memory. */
function withApi(module: TfjsModule): TfjsModule {
  const numbers = (count: number) => Array.from({ length: count }, () => "number");
  module.tfjs = {
    init: module.cwrap("init", null, []),
    initWithThreadsCount: module.cwrap("init_with_threads_count", null, numbers(1)),
    getThreadsCount: module.cwrap("get_threads_count", "number", []),
    registerTensor: module.cwrap("register_tensor", null, numbers(3)),
    disposeData: module.cwrap("dispose_data", null, numbers(1)),
    dispose: module.cwrap("dispose", null, []),
  };
  alignAllocations(module);
  return module;
}
