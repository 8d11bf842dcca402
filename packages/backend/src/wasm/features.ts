/** Header of every WebAssembly module, and a type section: a function without parameters or results. */
const start = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0];

/** Compiles, as a page's content security policy may forbid that where it lets a module be validated. */
function compiles(...code: number[]): boolean {
  if (typeof WebAssembly === "undefined") return false;
  try {
    new WebAssembly.Module(new Uint8Array([...start, ...code]));
    return true;
  } catch {
    return false;
  }
}

/** Whether this engine runs WebAssembly with SIMD: tries `i8x16.splat`. */
export function hasSimd(): boolean {
  return compiles(10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11);
}

/** Whether this engine runs relaxed SIMD: tries `f32x4.relaxed_madd`. */
export function hasRelaxedSimd(): boolean {
  const zero = [65, 0, 253, 15];
  return compiles(10, 20, 1, 18, 0, ...zero, ...zero, ...zero, 253, 133, 2, 26, 11);
}
