import { at } from "./share";
import { lanes } from "./sum";

// Four rows of a narrow matrix as columns: lane l of vector j is element j of row l. So a row's sum
// takes no horizontal step, and no lane is wasted whatever the width.

/** The widest rows for which this pays, in floats. */
const NARROW: i32 = 32;

/** Into how many parts rows are divided whose columns are added up, whatever the number of threads. */
export const NARROW_PARTS: i32 = 8;

/** Whether the rows of a matrix are taken four at a time; a few rows are not worth it. */
// @ts-ignore: decorator
@inline
export function isNarrowMatrix(rows: i32, width: i32): bool {
  return width >= 4 && width <= NARROW && rows >= 16;
}

/** The four lanes of four vectors, each lane's to a vector of its own. */
// @ts-ignore: decorator
@inline
function turn(a: v128, b: v128, c: v128, d: v128, into: usize, next: usize): void {
  const low = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const high = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const low2 = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const high2 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(into, v128.shuffle<i32>(low, low2, 0, 1, 4, 5));
  v128.store(into + next, v128.shuffle<i32>(low, low2, 2, 3, 6, 7));
  v128.store(into + 2 * next, v128.shuffle<i32>(high, high2, 0, 1, 4, 5));
  v128.store(into + 3 * next, v128.shuffle<i32>(high, high2, 2, 3, 6, 7));
}

/** Four rows of `width` (at least 4) floats as columns to `into`, [width, 4]. */
// @ts-ignore: decorator
@inline
export function toColumns(rows: usize, width: i32, into: usize): void {
  const next = <usize>width << 2;
  for (let j = 0; j < width; j += 4) {
    // The last four may overlap those before, and bring the same.
    const from = min(j, width - 4);
    const row = at(rows, from);
    turn(
      v128.load(row),
      v128.load(row + next),
      v128.load(row + 2 * next),
      v128.load(row + 3 * next),
      into + (<usize>from << 4),
      16,
    );
  }
}

/** Four rows of `width` floats from columns. */
// @ts-ignore: decorator
@inline
export function toRows(columns: usize, width: i32, into: usize): void {
  const next = <usize>width << 2;
  for (let j = 0; j < width; j += 4) {
    const from = min(j, width - 4);
    const column = columns + (<usize>from << 4);
    turn(
      v128.load(column),
      v128.load(column, 16),
      v128.load(column, 32),
      v128.load(column, 48),
      at(into, from),
      next,
    );
  }
}

/** As `toColumns` for the last 1 to 3 rows; the lanes without one have the first, or 0. */
export function partialColumns(rows: usize, width: i32, count: i32, repeat: bool, into: usize): void {
  for (let j = 0; j < width; j++) {
    for (let lane = 0; lane < 4; lane++) {
      const from = at(rows, lane < count ? lane * width + j : j);
      store<f32>(at(into, 4 * j + lane), lane < count || repeat ? load<f32>(from) : 0);
    }
  }
}

/** As `toRows` for the last 1 to 3 rows. */
export function partialRows(columns: usize, width: i32, count: i32, into: usize): void {
  for (let lane = 0; lane < count; lane++) {
    for (let j = 0; j < width; j++) {
      store<f32>(at(into, lane * width + j), load<f32>(at(columns, 4 * j + lane)));
    }
  }
}

/** y[j]: column j of each part's sums [width, 4], `bytes` from part to part, part by part, then lane by lane. */
export function sumColumns(parts: usize, bytes: usize, width: i32, y: usize): void {
  for (let j = 0; j < width; j++) {
    let sum = f32x4.splat(0);
    for (let part = 0; part < NARROW_PARTS; part++) {
      sum = f32x4.add(sum, v128.load(at(parts + <usize>part * bytes, j << 2)));
    }
    store<f32>(at(y, j), lanes(sum));
  }
}
