import { ARGS } from "./control";
import { inNode, nodeModule } from "./environment";
import { hasRelaxedSimd } from "./features";
import { Op } from "./op";
import { threadHost } from "./thread-host";
import { compileKernels, type KernelExports, kernelBytes } from "./variant";

/** The wide build of the kernels, or why there is none. */
export type Wide =
  | {
      module: WebAssembly.Module;
      /** How many times as fast as the relaxed build's its matmul is here. */
      speed: number;
    }
  | { module?: undefined; missing: string };

/** Below this speed it is not what `auto` takes: less is noise, and relaxed is what others have. */
export const WIDE_SPEED = 1.15;

/**
 * Milliseconds for which both builds are measured: V8 and JavaScriptCore run a function unoptimised at
 * first, and have optimised it by then.
 */
const MEASURED = 40;

const loaded = new Map<boolean, Promise<Wide>>();

/** Compiles the wide build and checks it, once per kind of memory. Does not throw. */
export function loadWide(shared: boolean): Promise<Wide> {
  let wide = loaded.get(shared);
  if (wide === undefined) {
    wide = load(shared);
    loaded.set(shared, wide);
  }
  return wide;
}

async function load(shared: boolean): Promise<Wide> {
  if (!inNode) return { missing: "256-bit vectors are for Node only" };
  if (!hasRelaxedSimd()) return { missing: "256-bit vectors need relaxed SIMD" };
  try {
    const { setFlagsFromString } = await nodeModule<typeof import("node:v8")>("node:v8");
    const bytes = await kernelBytes("wide", shared);
    const relaxed = await compileKernels("relaxed", shared);
    const module = compileNow(bytes, setFlagsFromString);
    return checkWide(module, relaxed, shared);
  } catch (error) {
    return { missing: `V8 could not compile the 256-bit kernels (${String(error)})` };
  }
}

/**
 * Compiles with V8's revectorizer, at once and to the end, so that its flags, which concern the whole
 * process, are back where they were before anything else runs. (With the revectorizer alone V8 would
 * compile a function when it has become hot, and by then without it.)
 */
function compileNow(
  bytes: Uint8Array<ArrayBuffer>,
  setFlag: (flag: string) => void,
): WebAssembly.Module {
  setFlag("--experimental-wasm-revectorize");
  setFlag("--no-liftoff");
  setFlag("--no-wasm-lazy-compilation");
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlag("--wasm-lazy-compilation");
    setFlag("--liftoff");
    setFlag("--no-experimental-wasm-revectorize");
  }
}

/**
 * Tries the module on a memory of its own: every tile must be right to the last bit; then its speed,
 * which is that of one product in both builds, in turns. (Bun and Deno take V8's flags without a word,
 * and without effect.)
 */
export function checkWide(
  module: WebAssembly.Module,
  relaxed: WebAssembly.Module,
  shared: boolean,
): Wide {
  const pages = 16;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  const [wide, narrow] = [module, relaxed].map((each) => {
    const { exports } = new WebAssembly.Instance(each, {
      env: { memory },
      host: threadHost(memory),
    });
    const kernels = exports as unknown as KernelExports;
    kernels.join(0, 0);
    return kernels;
  }) as [KernelExports, KernelExports];
  for (let rows = 1; rows <= 6; rows++) {
    for (const accumulate of [false, true]) {
      for (const bias of accumulate ? [false] : [false, true]) {
        const product = prepare(memory, { m: rows, k: 9, n: 24, accumulate, bias });
        wide.run(Op.MatMul, ARGS, 1);
        if (!product.isRight()) {
          return { missing: "V8's 256-bit vectors give wrong products here" };
        }
      }
    }
  }
  prepare(memory, { m: 96, k: 128, n: 128, accumulate: false, bias: false });
  const shortest = [Infinity, Infinity] as [number, number];
  const begin = performance.now();
  for (let round = 0; round < 8 || performance.now() - begin < MEASURED; round++) {
    for (const [i, build] of [wide, narrow].entries()) {
      const start = performance.now();
      build.run(Op.MatMul, ARGS, 1);
      shortest[i] = Math.min(shortest[i] as number, performance.now() - start);
    }
  }
  return { module, speed: shortest[1] / shortest[0] };
}

/** Lays out a product of small whole numbers, which float32 sums exactly in any order. */
function prepare(
  memory: WebAssembly.Memory,
  {
    m,
    k,
    n,
    accumulate,
    bias,
  }: Record<"m" | "k" | "n", number> & Record<"accumulate" | "bias", boolean>,
): { isRight(): boolean } {
  let end = 65_536;
  const array = (count: number, factor: number) => {
    const values = new Float32Array(memory.buffer, end, count);
    for (let i = 0; i < count; i++) values[i] = ((i * factor) % 17) - 8;
    end += (count * 4 + 63) & ~63;
    return values;
  };
  const [a, b, c, offset] = [array(m * k, 5), array(k * n, 7), array(m * n, 3), array(n, 11)];
  const expected = Float32Array.from(c, (before, at) => {
    let sum = accumulate ? before : bias ? (offset[at % n] as number) : 0;
    for (let i = 0; i < k; i++) {
      sum += (a[Math.floor(at / n) * k + i] as number) * (b[i * n + (at % n)] as number);
    }
    return sum;
  });
  const start = bias ? offset.byteOffset : 0;
  const strides = [k, n, n];
  const [transposed, activation, batch, batchStride] = [0, 0, 1, 0];
  new Int32Array(memory.buffer, ARGS).set(
    [a.byteOffset, b.byteOffset, c.byteOffset, start, end, m, k, n].concat(
      strides,
      [transposed, transposed, activation, accumulate ? 1 : 0],
      [batch, batchStride, batchStride, m * n],
    ),
  );
  return { isRight: () => expected.every((value, i) => value === c[i]) };
}
