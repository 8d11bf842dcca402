import { inNode, nodeModule } from "./environment";
import { MemoryError } from "./memory-error";

/** How a process divides the addresses that it may use, where those are limited (`ulimit -v`). */
export interface AddressSpaceShare {
  /** All that it may use, in bytes. */
  limit: number;
  /** Pages of 64 KiB that one WebAssembly memory may have. */
  memoryPages: number;
  /** Threads that may compute, the first included. */
  threads: number;
}

const MIB = 2 ** 20;
const PAGE = 2 ** 16;

/**
 * What V8 takes of the addresses, seen in Node 24 on Linux: an isolate for a thread of its own takes
 * some 590 MiB, most of it for code; the heap of the first one grows by hundreds.
 */
const bytesPerThread = 640 * MIB;
const heapBytes = 700 * MIB;

/** WebAssembly memories that a process has at once: tfjs's, those of a check at start, a renderer's. */
const memories = 4;

/** As many pages as tfjs begins with, and as many as a memory can have. */
const [leastPages, maxPages] = [256, 65_536];

/** Shares a limited address space out; half of what is free goes to the memories. */
export function shareAddressSpace(limit: number, used: number): AddressSpaceShare {
  const free = Math.max(0, limit - used);
  const pages = Math.floor(free / (2 * memories) / PAGE);
  const memoryPages = Math.min(maxPages, Math.max(leastPages, pages));
  const forThreads = free - memories * memoryPages * PAGE - heapBytes;
  return { limit, memoryPages, threads: 1 + Math.max(0, Math.floor(forThreads / bytesPerThread)) };
}

/** A process's limit and use of addresses in bytes, as Linux tells them; null if there is no limit. */
export function readAddressSpace(
  limits: string,
  status: string,
): { limit: number; used: number } | null {
  const [, soft] = /^Max address space +(\d+)/m.exec(limits) ?? [];
  const [, kilobytes] = /^VmSize:\s+(\d+) kB/m.exec(status) ?? [];
  if (soft === undefined || kilobytes === undefined) return null;
  return { limit: Number(soft), used: 1024 * Number(kilobytes) };
}

let fitted: Promise<AddressSpaceShare | null> | undefined;

/**
 * Lets this process live within a limit of its addresses, as clusters set them: each WebAssembly
 * memory reserves 4 GiB by itself, and where nothing is left for a thread V8 ends the process. Is to be
 * called before a WebAssembly memory is made; does nothing if there is no limit.
 *
 * @returns how the addresses are shared out; null without a limit, and elsewhere than in Node on Linux
 * @throws MemoryError if no WebAssembly memory can be had at all: engines before that of Node 24
 *   reserve some 10 GiB for each unless they are told otherwise
 */
export function fitAddressSpace(): Promise<AddressSpaceShare | null> {
  fitted ??= fit();
  return fitted;
}

async function fit(): Promise<AddressSpaceShare | null> {
  if (!inNode || process.platform !== "linux") return null;
  const { readFile } = await nodeModule<typeof import("node:fs/promises")>("node:fs/promises");
  const files = ["/proc/self/limits", "/proc/self/status"].map((file) => readFile(file, "utf8"));
  const [limits, status] = await Promise.all(files).catch(() => ["", ""]);
  const found = readAddressSpace(limits ?? "", status ?? "");
  if (found === null) return null;
  const share = shareAddressSpace(found.limit, found.used);
  const { setFlagsFromString } = await nodeModule<typeof import("node:v8")>("node:v8");
  setFlagsFromString(`--wasm-max-mem-pages=${share.memoryPages}`);
  try {
    // Before Node makes one for itself, as it does for `Response`, whose failure nobody could catch.
    new WebAssembly.Memory({ initial: 1, maximum: 1 });
  } catch (cause) {
    throw new MemoryError(
      `WebAssembly gets no memory within the ${(found.limit / 2 ** 30).toFixed(1)} GiB of addresses that this process may use (ulimit -v): take Node 24, set NODE_OPTIONS=--disable-wasm-trap-handler, or raise the limit.`,
      { cause },
    );
  }
  return share;
}
