import { fromBase64 } from "./base64";

/** The module's exported functions: see `assembly/index.ts`. */
export interface KernelExports {
  /** Where the control block is, and whether the calling thread may sleep on memory. */
  join(block: number, mayBlock: number): void;
  /** Runs a kernel on the whole team, or with `threads` 1 on the calling thread alone. */
  run(op: number, args: number, threads: number): void;
  /** The scratch memory, in bytes, that a matmul needs. */
  matmulScratch(depth: number, columns: number, threads: number): number;
  /** y = f(x), f being exp (0), tanh (1), the sigmoid (2) or exp for x ≤ 0 (3). */
  mapFloats(f: number, x: number, y: number, count: number): void;
  /** `rounds` × 96 floating-point operations in registers. */
  fmaPeak(rounds: number, factor: number): number;
}

/**
 * Which SIMD instructions a build of the kernels uses: `wide` is `relaxed` in a form that V8, told to
 * (`wide.ts`), compiles into 256-bit instructions.
 */
export type Simd = "wide" | "relaxed" | "plain";

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** Compiles the build of the kernels for this kind of SIMD and memory, once; no other one is loaded. */
export function compileKernels(
  simd: Exclude<Simd, "wide">,
  shared: boolean,
): Promise<WebAssembly.Module> {
  const key = `${simd} ${shared}`;
  let module = compiled.get(key);
  if (module === undefined) {
    module = kernelBytes(simd, shared).then((bytes) => WebAssembly.compile(bytes));
    compiled.set(key, module);
    // What could not be loaded may be there the next time.
    module.catch(() => compiled.delete(key));
  }
  return module;
}

/** The bytes of a build of the kernels. */
export async function kernelBytes(simd: Simd, shared: boolean): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes } = await loadBytes(simd, shared);
  return fromBase64(bytes);
}

function loadBytes(simd: Simd, shared: boolean): Promise<{ bytes: string }> {
  switch (simd) {
    case "wide":
      return shared ? import("./generated/wide-shared") : import("./generated/wide-unshared");
    case "relaxed":
      return shared ? import("./generated/relaxed-shared") : import("./generated/relaxed-unshared");
    case "plain":
      return shared ? import("./generated/plain-shared") : import("./generated/plain-unshared");
  }
}
