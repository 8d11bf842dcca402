/** The functions by which a thread's kernels look at the clock, sleep and wake each other. */
export interface ThreadHost extends WebAssembly.ModuleImports {
  /** Milliseconds. */
  now(): number;
  /** Sleeps until the word at an address is not `seen` and somebody notifies, or the time is over. */
  wait(address: number, seen: number, milliseconds: number): void;
  /** Wakes all that sleep at an address. */
  notify(address: number): void;
}

/**
 * What the kernels of this thread are given, over the memory that all threads share. Addresses are
 * those of a control block, which is in the memory before the kernels start.
 */
export function threadHost(memory: WebAssembly.Memory): ThreadHost {
  const words = new Int32Array(memory.buffer);
  return {
    now: () => performance.now(),
    wait(address, seen, milliseconds) {
      Atomics.wait(words, address >>> 2, seen, milliseconds);
    },
    notify(address) {
      Atomics.notify(words, address >>> 2);
    },
  };
}
