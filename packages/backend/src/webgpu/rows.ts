/** Threads that work on a row together. */
export const ROW_THREADS = 64;

/** The sum of what all threads of a workgroup have, in an order that is always the same. */
export const sumSource = `var<workgroup> pool: array<vec4<f32>, ${ROW_THREADS}>;
fn sumOf(x: vec4<f32>, thread: u32) -> vec4<f32> {
  pool[thread] = x;
  workgroupBarrier();
  for (var s = ${ROW_THREADS / 2}u; s > 0u; s >>= 1u) {
    if (thread < s) { pool[thread] += pool[thread + s]; }
    workgroupBarrier();
  }
  let sum = pool[0];
  workgroupBarrier();
  return sum;
}`;
