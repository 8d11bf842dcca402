/** Where thread `thread`'s part of `count` pieces begins; `thread` = `threads` gives the end. */
// @ts-ignore: decorator
@inline
export function share(count: i32, thread: i32, threads: i32): i32 {
  return <i32>((<i64>count * thread) / threads);
}

/**
 * As `share`, in elements, at multiples of 16: no vector is divided between threads, and where tensors
 * (or, for columns, their rows) begin on cache lines no line is written by two.
 */
// @ts-ignore: decorator
@inline
export function shareOfLines(count: i32, thread: i32, threads: i32): i32 {
  if (thread == threads) return count;
  return share((count + 15) >> 4, thread, threads) << 4;
}

/**
 * Bytes filled up to whole pairs of cache lines, which processors fetch together: of what lies at such
 * steps from each other, no thread writes what another has at hand.
 */
// @ts-ignore: decorator
@inline
export function apart(bytes: usize): usize {
  return (bytes + 127) & ~127;
}

/** The byte address of element `index` of floats or 32-bit integers at `base`. */
// @ts-ignore: decorator
@inline
export function at(base: usize, index: i32): usize {
  return base + (<usize>index << 2);
}

/** Word `index` of a kernel's arguments as an integer. */
// @ts-ignore: decorator
@inline
export function int(args: usize, index: i32): i32 {
  return load<i32>(args + (<usize>index << 2));
}

/** Word `index` of a kernel's arguments as a float. */
// @ts-ignore: decorator
@inline
export function float(args: usize, index: i32): f32 {
  return load<f32>(args + (<usize>index << 2));
}

/** Word `index` of a kernel's arguments as an address. */
// @ts-ignore: decorator
@inline
export function pointer(args: usize, index: i32): usize {
  return <usize>load<u32>(args + (<usize>index << 2));
}
