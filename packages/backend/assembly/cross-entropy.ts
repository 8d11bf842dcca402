import { constants } from "./constants";
import { exp4 } from "./exponential";
import { log, log1p, logs } from "./logarithm";
import { isNarrowMatrix, partialColumns, partialRows, toColumns, toRows } from "./row-block";
import { apart, at, float, int, pointer, share } from "./share";
import { loadFirst, storeFirst } from "./simd";
import { lanes } from "./sum";
import { barrier } from "./team";

/** Half of the distance from 1 to the next number of double precision: less is lost beside 1. */
// @ts-ignore: decorator
@inline
const LOST: f64 = 1.1102230246251565e-16;

/** s(z) of StableMax: z + 1 for z ≥ 0, 1/(1 − z) below. */
// @ts-ignore: decorator
@inline
function stable(z: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const below = f32x4.div(one, f32x4.sub(one, f32x4.min(z, zero)));
  return v128.bitselect(f32x4.add(z, one), below, f32x4.ge(z, zero));
}

/** The largest of a row's numbers; whether there is a NaN shows in the sum of what they weigh. */
// @ts-ignore: decorator
@inline
export function largest(row: usize, classes: i32): f32 {
  if (classes < 4) {
    let top = load<f32>(row);
    for (let j = 1; j < classes; j++) top = max<f32>(top, load<f32>(at(row, j)));
    return top;
  }
  // The last four, which the others may overlap. pmax is one instruction, unlike max.
  let a = v128.load(at(row, classes - 4));
  let b = a;
  let j = 0;
  for (; j + 8 <= classes; j += 8) {
    a = f32x4.pmax(a, v128.load(at(row, j)));
    b = f32x4.pmax(b, v128.load(at(row, j), 16));
  }
  if (j + 4 <= classes) a = f32x4.pmax(a, v128.load(at(row, j)));
  a = f32x4.pmax(a, b);
  a = f32x4.pmax(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return max<f32>(f32x4.extract_lane(a, 0), f32x4.extract_lane(a, 1));
}

/** What logits weigh: exp(z − top), or s(z). */
// @ts-ignore: decorator
@inline
function weight(STABLEMAX: bool, numbers: usize, z: v128, top: v128): v128 {
  if (STABLEMAX) return stable(z);
  return exp4(numbers, f32x4.sub(z, top));
}

/** Writes what a row's logits weigh to `into`. */
// @ts-ignore: decorator
@inline
function weigh(STABLEMAX: bool, row: usize, into: usize, classes: i32, top: f32): void {
  const numbers = constants();
  const highest = f32x4.splat(top);
  let j = 0;
  // Two vectors at a time, and nothing else of them, so that the wide build makes them one.
  for (; j + 8 <= classes; j += 8) {
    const a = weight(STABLEMAX, numbers, v128.load(at(row, j)), highest);
    const b = weight(STABLEMAX, numbers, v128.load(at(row, j), 16), highest);
    v128.store(at(into, j), a);
    v128.store(at(into, j), b, 16);
  }
  for (; j < classes; j += 4) {
    const left = classes - j;
    storeFirst(at(into, j), weight(STABLEMAX, numbers, loadFirst(at(row, j), left), highest), left);
  }
}

/** The sum of a row of weights. */
// @ts-ignore: decorator
@inline
function sumOf(into: usize, classes: i32): f32 {
  let sum = f32x4.splat(0);
  let more = f32x4.splat(0);
  let j = 0;
  for (; j + 8 <= classes; j += 8) {
    sum = f32x4.add(sum, v128.load(at(into, j)));
    more = f32x4.add(more, v128.load(at(into, j), 16));
  }
  for (; j < classes; j += 4) sum = f32x4.add(sum, loadFirst(at(into, j), classes - j));
  return lanes(f32x4.add(sum, more));
}

/** Makes a row of weights, of which `factor` is the share of one, the loss's slopes at the logits. */
// @ts-ignore: decorator
@inline
function slopes(STABLEMAX: bool, row: usize, into: usize, classes: i32, factor: f32): void {
  const share = f32x4.splat(factor);
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let j = 0;
  for (; !STABLEMAX && j + 8 <= classes; j += 8) {
    const a = f32x4.mul(v128.load(at(into, j)), share);
    const b = f32x4.mul(v128.load(at(into, j), 16), share);
    v128.store(at(into, j), a);
    v128.store(at(into, j), b, 16);
  }
  for (; j < classes; j += 4) {
    const left = classes - j;
    const s = loadFirst(at(into, j), left);
    let d = f32x4.mul(s, share);
    if (STABLEMAX) {
      // s′/s
      const positive = f32x4.ge(loadFirst(at(row, j), left), zero);
      d = f32x4.mul(d, v128.bitselect(f32x4.div(one, s), s, positive));
    }
    storeFirst(at(into, j), d, left);
  }
}

/** Moves what the label's slope has of `moved` to all classes alike. */
function smooth(into: usize, classes: i32, label: i32, moved: f32): void {
  const each = moved / <f32>classes;
  const all = f32x4.splat(each);
  let j = 0;
  for (; j + 4 <= classes; j += 4) {
    v128.store(at(into, j), f32x4.sub(v128.load(at(into, j)), all));
  }
  for (; j < classes; j++) store<f32>(at(into, j), load<f32>(at(into, j)) - each);
  const target = at(into, label);
  store<f32>(target, load<f32>(target) + moved);
}

/**
 * Softmax in single precision without smoothing, of four rows at a time: this thread's blocks of four.
 * `columns` has room for a block.
 */
function narrowSoftmaxRows(args: usize, from: i32, to: i32, columns: usize): void {
  const logits = pointer(args, 0);
  const labels = pointer(args, 1);
  const dLogits = pointer(args, 4);
  const rows = pointer(args, 5);
  const n = int(args, 6);
  const classes = int(args, 7);
  const numbers = constants();
  const end = columns + (<usize>classes << 4);
  const hot = <f32>1 / <f32>n;
  for (let i = from << 2; i < min(to << 2, n); i += 4) {
    const count = min(4, n - i);
    const block = at(logits, i * classes);
    if (count == 4) toColumns(block, classes, columns);
    else partialColumns(block, classes, count, true, columns);
    let top = v128.load(columns);
    for (let column = columns + 16; column < end; column += 16) top = f32x4.pmax(top, v128.load(column));
    let total = f32x4.splat(0);
    for (let column = columns; column < end; column += 16) {
      const e = exp4(numbers, f32x4.sub(v128.load(column), top));
      total = f32x4.add(total, e);
      v128.store(column, e);
    }
    // Of each lane, for the scalar steps. The total is 1 or more, as the largest weighs 1.
    v128.store(end, top);
    v128.store(end, logs(total), 16);
    for (let lane = 0; lane < count; lane++) {
      const row = at(block, lane * classes);
      const label = load<i32>(at(labels, i + lane));
      const z = load<f32>(at(row, label));
      const most = load<f32>(at(end, lane));
      const logarithm = load<f32>(at(end, lane), 16);
      let right = z == most && logarithm == logarithm;
      for (let j = 0; right && j < label; j++) right = load<f32>(at(row, j)) != most;
      store<f32>(at(rows, 2 * (i + lane)), z - most - logarithm);
      store<f32>(at(rows, 2 * (i + lane) + 1), right ? 1 : 0);
    }
    if (!dLogits) continue;
    const factor = f32x4.div(f32x4.splat(hot), total);
    for (let column = columns; column < end; column += 16) {
      v128.store(column, f32x4.mul(v128.load(column), factor));
    }
    const into = at(dLogits, i * classes);
    if (count == 4) toRows(columns, classes, into);
    else partialRows(columns, classes, count, into);
    for (let lane = 0; lane < count; lane++) {
      const target = at(into, lane * classes + load<i32>(at(labels, i + lane)));
      store<f32>(target, load<f32>(target) - hot);
    }
  }
}

/** This thread's rows: see `crossEntropy`. */
// @ts-ignore: decorator
@inline
function entropyRows(
  STABLEMAX: bool, DOUBLE: bool, args: usize, from: i32, to: i32, spare: usize,
): void {
  const logits = pointer(args, 0);
  const labels = pointer(args, 1);
  const dLogits = pointer(args, 4);
  const rows = pointer(args, 5);
  const n = int(args, 6);
  const classes = int(args, 7);
  const hot = <f32>1 / <f32>n;
  const smoothing: f32 = STABLEMAX || DOUBLE ? 0 : float(args, 11);
  for (let i = from; i < to; i++) {
    const row = at(logits, i * classes);
    const into = dLogits ? at(dLogits, i * classes) : spare;
    const label = load<i32>(at(labels, i));
    const top = largest(row, classes);
    weigh(STABLEMAX, row, into, classes, top);
    const z = load<f32>(at(row, label));
    const target = at(into, label);
    const own = load<f32>(target);
    // In double precision 1 − p at the label is the others' share: own and total may round to one.
    if (DOUBLE) store<f32>(target, 0);
    const others = sumOf(into, classes);
    const total = DOUBLE ? others + own : others;
    let missing: f64 = 0;
    if (DOUBLE) missing = <f64>others / (<f64>others + <f64>own);
    if (missing < LOST) missing = 0;
    // The first of equal ones counts, so only a label that has the largest needs a look before it.
    let right = z == top && total == total;
    for (let j = 0; right && j < label; j++) right = load<f32>(at(row, j)) != top;
    // Scalar logarithms in double precision: one a row.
    let picked: f32;
    if (DOUBLE && missing < 0.5) picked = <f32>log1p(-missing);
    else if (STABLEMAX) picked = <f32>log(<f64>(own / total));
    else picked = z - top - <f32>log(<f64>total);
    if (smoothing > 0) {
      // log p_j = z_j − top − log Σ, of which picked has the last two terms.
      picked = (<f32>1 - smoothing) * picked
        + smoothing * (sumOf(row, classes) / <f32>classes - z + picked);
    }
    store<f32>(at(rows, 2 * i), picked);
    store<f32>(at(rows, 2 * i + 1), right ? 1 : 0);
    if (dLogits) {
      slopes(STABLEMAX, row, into, classes, hot / total);
      const slope = STABLEMAX ? (z >= 0 ? <f32>1 / own : own) : 1;
      if (DOUBLE) store<f32>(target, -<f32>missing * hot * slope);
      else store<f32>(target, load<f32>(target) - hot * slope);
      if (smoothing > 0) smooth(into, classes, label, hot * smoothing);
    }
  }
}

function softmaxRows(args: usize, from: i32, to: i32, spare: usize): void {
  entropyRows(false, false, args, from, to, spare);
}

function stablemaxRows(args: usize, from: i32, to: i32, spare: usize): void {
  entropyRows(true, false, args, from, to, spare);
}

function softmaxRowsInDouble(args: usize, from: i32, to: i32, spare: usize): void {
  entropyRows(false, true, args, from, to, spare);
}

function stablemaxRowsInDouble(args: usize, from: i32, to: i32, spare: usize): void {
  entropyRows(true, true, args, from, to, spare);
}

/**
 * loss = −(1/n) Σ_i log p_i[labels_i], and how many groups of rows have their largest logit, the
 * first of equal ones, at the label throughout. dLogits, 0 where it is not wanted, are the loss's
 * slopes (p − [j = label])/n, for StableMax times s′/s. In double precision these are as if p were
 * computed so from the float32 logits: only then p at the label may be closer to 1 than 6e-8. `rows`
 * has room for 2n floats and for 4·classes + 8 more for each thread, all `apart`.
 * With smoothing ε, of softmax in single precision, a label's target is 1 − ε + ε/classes and every
 * other ε/classes.
 * args: logits, labels, loss, correct, dLogits, rows, n, classes, group, stablemax, double, smoothing
 */
export function crossEntropy(args: usize, thread: i32, threads: i32): void {
  const rows = pointer(args, 5);
  const n = int(args, 6);
  const group = int(args, 8);
  const from = share(n, thread, threads);
  const to = share(n, thread + 1, threads);
  const classes = int(args, 7);
  const spare = rows + apart(<usize>n << 3) + <usize>thread * apart(<usize>(4 * classes + 8) << 2);
  const isPlain = !int(args, 9) && !int(args, 10) && float(args, 11) == 0;
  if (isPlain && isNarrowMatrix(n, classes)) {
    const blocks = (n + 3) >> 2;
    narrowSoftmaxRows(args, share(blocks, thread, threads), share(blocks, thread + 1, threads), spare);
  } else if (int(args, 10)) {
    if (int(args, 9)) stablemaxRowsInDouble(args, from, to, spare);
    else softmaxRowsInDouble(args, from, to, spare);
  } else if (int(args, 9)) stablemaxRows(args, from, to, spare);
  else softmaxRows(args, from, to, spare);
  barrier(threads);
  if (thread == 0) meanLoss(rows, pointer(args, 2), pointer(args, 3), n, group);
}

/** From each row's negative loss, and whether it is right: the mean loss, and how many groups are. */
export function meanLoss(rows: usize, loss: usize, correctGroups: usize, n: i32, group: i32): void {
  let sum: f64 = 0;
  let correct = 0;
  for (let i = 0; i < n; i += group) {
    let all = true;
    for (let j = i; j < i + group; j++) {
      sum += <f64>load<f32>(at(rows, 2 * j));
      if (load<f32>(at(rows, 2 * j + 1)) == 0) all = false;
    }
    if (all) correct++;
  }
  store<f32>(loss, <f32>(-sum / <f64>n));
  store<f32>(correctGroups, <f32>correct);
}
