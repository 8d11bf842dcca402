/** Whether this runs in Node (or what looks like it) rather than in a browser. */
export const inNode =
  typeof process === "object" && typeof process.versions === "object" && "node" in process.versions;

/**
 * One of Node's own modules, e.g. `node:fs`. Not a plain import, so that a bundler for browsers does
 * not look for it.
 */
export function nodeModule<T>(name: string): Promise<T> {
  return import(/* @vite-ignore */ /* webpackIgnore: true */ name) as Promise<T>;
}

/**
 * Whether memory can be shared between threads here: always in Node, in Deno with its permission
 * `--allow-sys`, on a page only when it is cross-origin isolated (headers COOP and COEP).
 */
export function canShareMemory(): boolean {
  if (typeof SharedArrayBuffer === "undefined") return false;
  if (inNode) return !("Deno" in globalThis) || mayCountProcessors();
  return (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === true;
}

/** tfjs's build for threads counts the processors as it starts, which Deno does not let every program do. */
function mayCountProcessors(): boolean {
  try {
    return process.getBuiltinModule("node:os").cpus().length > 0;
  } catch {
    return false;
  }
}

/** Whether this thread may sleep on memory: everywhere but on a browser page's main thread. */
export function canBlock(): boolean {
  return (
    inNode ||
    typeof (globalThis as { WorkerGlobalScope?: unknown }).WorkerGlobalScope === "function"
  );
}

/** How many processors there are. */
export async function countCores(): Promise<number> {
  if (!inNode) return (globalThis as { navigator?: Navigator }).navigator?.hardwareConcurrency ?? 1;
  const os = await nodeModule<typeof import("node:os")>("node:os");
  return os.availableParallelism();
}

/** An environment variable; there is none in a browser, nor in Deno without its permission `--allow-env`. */
export function environmentVariable(name: string): string | undefined {
  if (!inNode) return undefined;
  try {
    return process.env[name];
  } catch {
    return undefined;
  }
}
