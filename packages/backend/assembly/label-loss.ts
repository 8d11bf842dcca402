import { largest, meanLoss } from "./cross-entropy";
import { at, float, int, pointer, share } from "./share";
import { lanes } from "./sum";
import { barrier } from "./team";

/** Σ (z − target)² over a part of a row; writes factor·(z − target) where slopes are wanted. */
// @ts-ignore: decorator
@inline
function squares(row: usize, into: usize, from: i32, to: i32, target: f32, factor: f32): f32 {
  const targets = f32x4.splat(target);
  const factors = f32x4.splat(factor);
  let sums = f32x4.splat(0);
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const d = f32x4.sub(v128.load(at(row, j)), targets);
    sums = f32x4.add(sums, f32x4.mul(d, d));
    if (into) v128.store(at(into, j), f32x4.mul(d, factors));
  }
  let sum = lanes(sums);
  for (; j < to; j++) {
    const d = load<f32>(at(row, j)) - target;
    sum += d * d;
    if (into) store<f32>(at(into, j), d * factor);
  }
  return sum;
}

/** Whether a row's largest number, the first of equal ones, is at the label. */
// @ts-ignore: decorator
@inline
function isRight(row: usize, classes: i32, label: i32, sum: f32): bool {
  const top = largest(row, classes);
  let right = load<f32>(at(row, label)) == top && sum == sum;
  for (let j = 0; right && j < label; j++) right = load<f32>(at(row, j)) != top;
  return right;
}

/**
 * loss = 1/(n·classes) Σ (z − scale·([j = label] − center))², and how many groups are right. Slopes, 0
 * where they are not wanted, are 2·(z − t)/(n·classes). `rows` has room for 2n floats.
 * args: outputs, labels, loss, correct, slopes, rows, n, classes, group, scale, center
 */
export function labelSquaredError(args: usize, thread: i32, threads: i32): void {
  const outputs = pointer(args, 0);
  const labels = pointer(args, 1);
  const slopes = pointer(args, 4);
  const rows = pointer(args, 5);
  const n = int(args, 6);
  const classes = int(args, 7);
  const scale = float(args, 9);
  const center = float(args, 10);
  const factor = <f32>(2.0 / (<f64>n * <f64>classes));
  const hot = scale * (<f32>1 - center);
  const cold = -scale * center;
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    const row = at(outputs, i * classes);
    const into: usize = slopes ? at(slopes, i * classes) : 0;
    const label = load<i32>(at(labels, i));
    const sum = squares(row, into, 0, label, cold, factor)
      + squares(row, into, label, label + 1, hot, factor)
      + squares(row, into, label + 1, classes, cold, factor);
    store<f32>(at(rows, 2 * i), -sum / <f32>classes);
    store<f32>(at(rows, 2 * i + 1), isRight(row, classes, label, sum) ? 1 : 0);
  }
  barrier(threads);
  if (thread == 0) meanLoss(rows, pointer(args, 2), pointer(args, 3), n, int(args, 8));
}

/** The hinge of a row of several classes: Σ_{j ≠ label} max(0, margin − z_label + z_j). */
// @ts-ignore: decorator
@inline
function hingeRow(row: usize, into: usize, classes: i32, label: i32, margin: f32, factor: f32): f32 {
  const least = load<f32>(at(row, label)) - margin;
  let sum: f32 = 0;
  let late = 0;
  for (let j = 0; j < classes; j++) {
    const d = load<f32>(at(row, j)) - least;
    const counts = j != label && !(d <= 0);
    if (counts) {
      sum += d;
      late++;
    }
    if (into) store<f32>(at(into, j), counts ? factor : 0);
  }
  if (into) store<f32>(at(into, label), -<f32>late * factor);
  return sum;
}

/**
 * Hinge losses, their mean over n·classes or, binary, over n, and how many groups are right. Slopes
 * are 0 where they are not wanted. `rows` has room for 2n floats.
 * args: outputs, labels, loss, correct, slopes, rows, n, classes, group, binary, margin
 */
export function hinge(args: usize, thread: i32, threads: i32): void {
  const outputs = pointer(args, 0);
  const labels = pointer(args, 1);
  const slopes = pointer(args, 4);
  const rows = pointer(args, 5);
  const n = int(args, 6);
  const classes = int(args, 7);
  const binary = int(args, 9) != 0;
  const margin = float(args, 10);
  const factor = <f32>(1.0 / (<f64>n * (binary ? 1.0 : <f64>classes)));
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    const row = at(outputs, i * classes);
    const into: usize = slopes ? at(slopes, i * classes) : 0;
    const label = load<i32>(at(labels, i));
    let loss: f32;
    let right: bool;
    if (binary) {
      const z = classes == 1 ? load<f32>(row) : load<f32>(row, 4) - load<f32>(row);
      const sign: f32 = label == 1 ? 1 : -1;
      const late = margin - sign * z;
      loss = late <= 0 ? 0 : late;
      right = z == z && z > 0 == (label == 1);
      if (into) {
        const slope: f32 = late > 0 ? -sign * factor : 0;
        store<f32>(into, classes == 1 ? slope : -slope);
        if (classes > 1) store<f32>(into, slope, 4);
      }
    } else {
      const sum = hingeRow(row, into, classes, label, margin, factor);
      loss = sum / <f32>classes;
      right = isRight(row, classes, label, sum);
    }
    store<f32>(at(rows, 2 * i), -loss);
    store<f32>(at(rows, 2 * i + 1), right ? 1 : 0);
  }
  barrier(threads);
  if (thread == 0) meanLoss(rows, pointer(args, 2), pointer(args, 3), n, int(args, 8));
}

/**
 * loss = Σ (z − t)²/count. Slopes, 0 where they are not wanted, are 2·(z − t)/count. `parts` has room
 * for a float for each row. args: outputs, targets, loss, slopes, parts, n, width
 */
export function squaredError(args: usize, thread: i32, threads: i32): void {
  const outputs = pointer(args, 0);
  const targets = pointer(args, 1);
  const slopes = pointer(args, 3);
  const parts = pointer(args, 4);
  const n = int(args, 5);
  const width = int(args, 6);
  const count = <f64>n * <f64>width;
  const factor = <f32>(2.0 / count);
  const to = share(n, thread + 1, threads);
  for (let i = share(n, thread, threads); i < to; i++) {
    let sum: f32 = 0;
    for (let j = i * width; j < (i + 1) * width; j++) {
      const d = load<f32>(at(outputs, j)) - load<f32>(at(targets, j));
      sum += d * d;
      if (slopes) store<f32>(at(slopes, j), d * factor);
    }
    store<f32>(at(parts, i), sum);
  }
  barrier(threads);
  if (thread != 0) return;
  let total: f64 = 0;
  for (let i = 0; i < n; i++) total += <f64>load<f32>(at(parts, i));
  store<f32>(pointer(args, 2), <f32>(total / count));
}
