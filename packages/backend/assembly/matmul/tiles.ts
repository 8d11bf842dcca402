import { singleColumns } from "./single-columns";
import { tile } from "./tile";

// One function per kernel: what `tile` and `singleColumns` become with their constants filled in.

function full1(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, panels: i32, accumulate: bool, bias: usize): void {
  strip(1, a, aRow, b, depth, c, cRow, panels, accumulate, bias);
}
function full2(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, panels: i32, accumulate: bool, bias: usize): void {
  strip(2, a, aRow, b, depth, c, cRow, panels, accumulate, bias);
}
function full3(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, panels: i32, accumulate: bool, bias: usize): void {
  strip(3, a, aRow, b, depth, c, cRow, panels, accumulate, bias);
}
function full4(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, panels: i32, accumulate: bool, bias: usize): void {
  strip(4, a, aRow, b, depth, c, cRow, panels, accumulate, bias);
}
function full5(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, panels: i32, accumulate: bool, bias: usize): void {
  strip(5, a, aRow, b, depth, c, cRow, panels, accumulate, bias);
}
function full6(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, panels: i32, accumulate: bool, bias: usize): void {
  strip(6, a, aRow, b, depth, c, cRow, panels, accumulate, bias);
}
function part1x8(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(1, true, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part2x8(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(2, true, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part3x8(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(3, true, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part4x8(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(4, true, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part5x8(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(5, true, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part6x8(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(6, true, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part1x4(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(1, false, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part2x4(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(2, false, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part3x4(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(3, false, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part4x4(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(4, false, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part5x4(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(5, false, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function part6x4(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, width: i32, accumulate: bool, bias: usize): void {
  tile(6, false, false, a, aRow, b, depth, c, cRow, width, accumulate, bias);
}
function dots1x1(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(1, false, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots2x1(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(2, false, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots3x1(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(3, false, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots4x1(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(4, false, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots5x1(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(5, false, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots6x1(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(6, false, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots1x2(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(1, true, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots2x2(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(2, true, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots3x2(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(3, true, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots4x2(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(4, true, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots5x2(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(5, true, a, aRow, b, depth, c, cRow, accumulate, bias);
}
function dots6x2(a: usize, aRow: usize, b: usize, depth: i32, c: usize, cRow: usize, accumulate: bool, bias: usize): void {
  singleColumns(6, true, a, aRow, b, depth, c, cRow, accumulate, bias);
}

/** A tile for each of `panels` full panels of B, side by side. */
// @ts-ignore: decorator
@inline
function strip(
  ROWS: i32,
  a: usize,
  aRow: usize,
  b: usize,
  depth: i32,
  c: usize,
  cRow: usize,
  panels: i32,
  accumulate: bool,
  bias: usize,
): void {
  const panelBytes = <usize>depth << 5;
  for (; panels > 0; panels--) {
    tile(ROWS, true, true, a, aRow, b, depth, c, cRow, 8, accumulate, bias);
    b += panelBytes;
    c += 32;
    if (bias) bias += 32;
  }
}

/** `rows` (1 to 6) rows of A times `panels` full panels of B: see `tile`. */
export function multiplyPanels(
  rows: i32,
  a: usize,
  aRow: usize,
  b: usize,
  depth: i32,
  c: usize,
  cRow: usize,
  panels: i32,
  accumulate: bool,
  bias: usize,
): void {
  switch (rows) {
    case 6: full6(a, aRow, b, depth, c, cRow, panels, accumulate, bias); break;
    case 5: full5(a, aRow, b, depth, c, cRow, panels, accumulate, bias); break;
    case 4: full4(a, aRow, b, depth, c, cRow, panels, accumulate, bias); break;
    case 3: full3(a, aRow, b, depth, c, cRow, panels, accumulate, bias); break;
    case 2: full2(a, aRow, b, depth, c, cRow, panels, accumulate, bias); break;
    default: full1(a, aRow, b, depth, c, cRow, panels, accumulate, bias); break;
  }
}

/** The same for a panel of which only `width` (1 to 7) columns exist; it is 4 wide for up to 4. */
export function multiplyPart(
  rows: i32,
  a: usize,
  aRow: usize,
  b: usize,
  depth: i32,
  c: usize,
  cRow: usize,
  width: i32,
  accumulate: bool,
  bias: usize,
): void {
  if (width > 4) {
    switch (rows) {
      case 6: part6x8(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      case 5: part5x8(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      case 4: part4x8(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      case 3: part3x8(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      case 2: part2x8(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      default: part1x8(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
    }
  } else {
    switch (rows) {
      case 6: part6x4(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      case 5: part5x4(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      case 4: part4x4(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      case 3: part3x4(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      case 2: part2x4(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
      default: part1x4(a, aRow, b, depth, c, cRow, width, accumulate, bias); break;
    }
  }
}

/** The same for `columns` (1 to 3) columns that are packed one by one: see `singleColumns`. */
export function multiplyColumns(
  rows: i32,
  a: usize,
  aRow: usize,
  b: usize,
  depth: i32,
  c: usize,
  cRow: usize,
  columns: i32,
  accumulate: bool,
  bias: usize,
): void {
  if (columns > 1) {
    switch (rows) {
      case 6: dots6x2(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      case 5: dots5x2(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      case 4: dots4x2(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      case 3: dots3x2(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      case 2: dots2x2(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      default: dots1x2(a, aRow, b, depth, c, cRow, accumulate, bias); break;
    }
    b += <usize>depth << 3;
    c += 8;
    if (bias) bias += 8;
  }
  if (columns != 2) {
    switch (rows) {
      case 6: dots6x1(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      case 5: dots5x1(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      case 4: dots4x1(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      case 3: dots3x1(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      case 2: dots2x1(a, aRow, b, depth, c, cRow, accumulate, bias); break;
      default: dots1x1(a, aRow, b, depth, c, cRow, accumulate, bias); break;
    }
  }
}
