/** What allocates in tfjs's module. */
interface Allocator {
  _malloc: (bytes: number) => number;
  _free: (address: number) => void;
}

/** A cache line's bytes. */
const LINE = 64;

/**
 * Makes every allocation that tfjs does from JavaScript begin on a cache line, so that two threads
 * that write neighbouring parts of a tensor's rows do not write the same line, and vectors do not
 * lie across two.
 */
export function alignAllocations(module: Allocator): void {
  // Emscripten's exports replace themselves in the module when they are first called.
  module._free(module._malloc(1));
  const { _malloc: malloc, _free: free } = module;
  const starts = new Map<number, number>();
  module._malloc = (bytes) => {
    const start = malloc(bytes + LINE) >>> 0;
    if (start === 0) return 0;
    const address = (start + LINE - (start % LINE)) >>> 0;
    starts.set(address, start);
    return address;
  };
  module._free = (address) => {
    const start = starts.get(address >>> 0);
    // What tfjs's own code allocated is freed as it is.
    if (start === undefined) return free(address);
    starts.delete(address >>> 0);
    free(start);
  };
}
