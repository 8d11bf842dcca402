import { normGradientNarrow, normNarrow } from "./norm-narrow";
import { isNarrowMatrix } from "./row-block";
import { at, float, int, pointer, share, shareOfLines } from "./share";
import { loadFirst, storeFirst } from "./simd";
import { lanes } from "./sum";
import { barrier } from "./team";

// Both norms in one: rmsNorm is layerNorm with no mean taken off and no bias.

/** The mean of a row. */
// @ts-ignore: decorator
@inline
function meanOf(row: usize, width: i32): f32 {
  let sum = f32x4.splat(0);
  for (let j = 0; j < width; j += 4) sum = f32x4.add(sum, loadFirst(at(row, j), width - j));
  return lanes(sum) / <f32>width;
}

/** 1/√(mean((x − mean)²) + eps) of a row. */
// @ts-ignore: decorator
@inline
function inverseOf(row: usize, width: i32, mean: f32, eps: f32): f32 {
  let sum = f32x4.splat(0);
  let j = 0;
  const centre = f32x4.splat(mean);
  for (; j + 4 <= width; j += 4) {
    const d = f32x4.sub(v128.load(at(row, j)), centre);
    sum = f32x4.add(sum, f32x4.mul(d, d));
  }
  let total = lanes(sum);
  for (; j < width; j++) {
    const d = load<f32>(at(row, j)) - mean;
    total += d * d;
  }
  return <f32>1 / sqrt<f32>(total / <f32>width + eps);
}

/**
 * y = (x − mean)·inverse·gain + bias for each row. Without a bias its address is 0. `room` has 4·width
 * floats for each thread, `apart`.
 * args: x, gain, bias, y, n, width, centred, room, eps
 */
export function norm(args: usize, thread: i32, threads: i32): void {
  if (isNarrowMatrix(int(args, 4), int(args, 5))) {
    normNarrow(args, thread, threads);
    return;
  }
  const x = pointer(args, 0);
  const gain = pointer(args, 1);
  const bias = pointer(args, 2);
  const y = pointer(args, 3);
  const n = int(args, 4);
  const width = int(args, 5);
  const centred = int(args, 6);
  const eps = float(args, 8);
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    const row = at(x, i * width);
    const into = at(y, i * width);
    const mean: f32 = centred ? meanOf(row, width) : 0;
    const inverse = f32x4.splat(inverseOf(row, width, mean, eps));
    const centre = f32x4.splat(mean);
    for (let j = 0; j < width; j += 4) {
      const left = width - j;
      const normalised = f32x4.mul(f32x4.sub(loadFirst(at(row, j), left), centre), inverse);
      let value = f32x4.mul(normalised, loadFirst(at(gain, j), left));
      if (bias) value = f32x4.add(value, loadFirst(at(bias, j), left));
      storeFirst(at(into, j), value, left);
    }
  }
}

/**
 * With x̂ = (x − mean)·inverse and d = dy·gain: dx = (d − mean(d) − x̂·mean(d·x̂))·inverse, where
 * mean(d) is left out unless centred; dGain = Σ_i dy·x̂; dBias = Σ_i dy. The rows are divided among
 * the threads for dx, the columns for the sums. `statistics` has room for 2n floats, or for those of
 * `normGradientNarrow`.
 * args: x, gain, dy, dx, dGain, dBias, statistics, n, width, centred, eps
 */
export function normGradient(args: usize, thread: i32, threads: i32): void {
  if (isNarrowMatrix(int(args, 7), int(args, 8))) {
    normGradientNarrow(args, thread, threads);
    return;
  }
  const x = pointer(args, 0);
  const gain = pointer(args, 1);
  const dy = pointer(args, 2);
  const dx = pointer(args, 3);
  const dGain = pointer(args, 4);
  const dBias = pointer(args, 5);
  const statistics = pointer(args, 6);
  const n = int(args, 7);
  const width = int(args, 8);
  const centred = int(args, 9);
  const eps = float(args, 10);
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    const row = at(x, i * width);
    const given = at(dy, i * width);
    const into = at(dx, i * width);
    const mean: f32 = centred ? meanOf(row, width) : 0;
    const inverse = inverseOf(row, width, mean, eps);
    store<f32>(at(statistics, 2 * i), mean);
    store<f32>(at(statistics, 2 * i + 1), inverse);
    const centre = f32x4.splat(mean);
    const factor = f32x4.splat(inverse);
    let sum = f32x4.splat(0);
    let product = f32x4.splat(0);
    for (let j = 0; j < width; j += 4) {
      const left = width - j;
      // The lanes past the row's end have d = 0, whatever x̂ is there.
      const d = f32x4.mul(loadFirst(at(given, j), left), loadFirst(at(gain, j), left));
      const normalised = f32x4.mul(f32x4.sub(loadFirst(at(row, j), left), centre), factor);
      sum = f32x4.add(sum, d);
      product = f32x4.add(product, f32x4.mul(d, normalised));
    }
    const meanD = f32x4.splat(centred ? lanes(sum) / <f32>width : 0);
    const projection = f32x4.splat(lanes(product) / <f32>width);
    for (let j = 0; j < width; j += 4) {
      const left = width - j;
      const d = f32x4.mul(loadFirst(at(given, j), left), loadFirst(at(gain, j), left));
      const normalised = f32x4.mul(f32x4.sub(loadFirst(at(row, j), left), centre), factor);
      const inner = f32x4.sub(f32x4.sub(d, meanD), f32x4.mul(normalised, projection));
      storeFirst(at(into, j), f32x4.mul(inner, factor), left);
    }
  }
  barrier(threads);
  const end = shareOfLines(width, thread + 1, threads);
  for (let j = shareOfLines(width, thread, threads); j < end; j += 4) {
    const left = end - j;
    let sumGain = f32x4.splat(0);
    let sumBias = f32x4.splat(0);
    for (let i = 0; i < n; i++) {
      const given = loadFirst(at(dy, i * width + j), left);
      const centre = v128.load32_splat(at(statistics, 2 * i));
      const factor = v128.load32_splat(at(statistics, 2 * i + 1));
      const centredX = f32x4.sub(loadFirst(at(x, i * width + j), left), centre);
      sumGain = f32x4.add(sumGain, f32x4.mul(given, f32x4.mul(centredX, factor)));
      sumBias = f32x4.add(sumBias, given);
    }
    storeFirst(at(dGain, j), sumGain, left);
    if (dBias) storeFirst(at(dBias, j), sumBias, left);
  }
}
