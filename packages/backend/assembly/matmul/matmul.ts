import { activateRows } from "../activation";
import { WIDE } from "../build";
import { share } from "../share";
import { barrier, claim } from "../team";
import { isTallSkinny, multiplyTallSkinny } from "./tall-skinny";
import { isTallSkinnyTransposed, multiplyTallSkinnyTransposed } from "./tall-skinny-transposed";
import { packColumn, packPanels, packPart, packRows, packTransposed } from "./pack";
import { multiplyColumns, multiplyPanels, multiplyPart } from "./tiles";
import { multiplyWide } from "./wide";

/** At most this many k are taken at a time: a tile's A and a panel of B stay in the first-level cache. */
const DEPTH: i32 = 512;
/** At most this many columns are taken at a time: the packed B stays in the second-level cache. */
const COLUMNS: i32 = 512;
/**
 * A tile's rows. Without multiply-add each product takes a register on its way: 5 rows are 10% faster
 * on Node 24, but half as fast on Node 20, which is what the plain build is for.
 */
const ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
/** At most this many tiles are taken at a time, one above the other. */
const GROUP: i32 = 4;
/** Below this depth a last tile that is partly filled beats single columns. */
const SINGLE_DEPTH: i32 = 32;
/** Multiplications that make a piece of many small tiles. */
const PIECE: i32 = 65_536;
/** A batch of products below this many multiplications each is shared out whole. */
const SMALL: i64 = 200_000;

// The job's arguments, in each thread's own instance.
let M: i32 = 0;
let K: i32 = 0;
let N: i32 = 0;
let transposeA: bool = false;
let transposeB: bool = false;
let biasAt: usize = 0;
let activation: i32 = 0;
let accumulateAll: bool = false;
/** Bytes from row to row. */
let aRow: usize = 0;
let bRow: usize = 0;
let cRow: usize = 0;
/** The biggest block's k and (padded) columns. */
let blockDepth: i32 = 0;
let blockColumns: i32 = 0;

function depthBlocks(k: i32): i32 {
  return k <= DEPTH ? 1 : (k + DEPTH - 1) / DEPTH;
}

function setBlocks(k: i32, n: i32): void {
  const blocks = depthBlocks(k);
  blockDepth = max(4, ((k + blocks - 1) / blocks + 3) & ~3);
  const padded = (n + 7) & ~7;
  blockColumns = padded < COLUMNS ? padded : COLUMNS;
}

function packedBytes(): usize {
  return ((<usize>blockDepth * blockColumns) << 2) + 64;
}

function tileBytes(): usize {
  return (pitchOf(blockDepth) * (GROUP * ROWS) + 63) & ~63;
}

/** Bytes from row to row of a packed A; no power of two, so that rows do not share cache sets. */
function pitchOf(depth: i32): usize {
  return (<usize>depth << 2) + 80;
}

/** The scratch memory that a product needs, in bytes. */
export function matmulScratch(k: i32, n: i32, threads: i32): i32 {
  setBlocks(k, n);
  return <i32>(<usize>max(threads, 2) * packedBytes() + <usize>threads * tileBytes());
}

/**
 * C = activation(op(A)·op(B) + bias), or C += op(A)·op(B): [M, N] from [M, K] and [K, N], either of
 * which may be stored transposed; a batch of them, `aStride`, `bStride`, `cStride` floats apart.
 *
 * An element of C is summed in the order of k whatever the tiles and threads.
 *
 * args: A, B, C, bias or 0, scratch, M, K, N, aRow, bRow, cRow (floats from row to row as stored),
 * transposeA, transposeB, activation, accumulate, batch, aStride, bStride, cStride
 */
export function matmul(args: usize, thread: i32, threads: i32): void {
  const a = <usize>load<i32>(args, 0);
  const b = <usize>load<i32>(args, 4);
  const c = <usize>load<i32>(args, 8);
  biasAt = <usize>load<i32>(args, 12);
  const scratch = <usize>load<i32>(args, 16);
  M = load<i32>(args, 20);
  K = load<i32>(args, 24);
  N = load<i32>(args, 28);
  aRow = <usize>load<i32>(args, 32) << 2;
  bRow = <usize>load<i32>(args, 36) << 2;
  cRow = <usize>load<i32>(args, 40) << 2;
  transposeA = load<i32>(args, 44) != 0;
  transposeB = load<i32>(args, 48) != 0;
  activation = load<i32>(args, 52);
  accumulateAll = load<i32>(args, 56) != 0;
  const batch = load<i32>(args, 60);
  const aStride = <usize>load<i32>(args, 64) << 2;
  const bStride = <usize>load<i32>(args, 68) << 2;
  const cStride = <usize>load<i32>(args, 72) << 2;
  if (M == 0 || N == 0 || batch == 0) return;
  if (transposeA && !transposeB && batch == 1 && biasAt == 0 && activation == 0 && isTallSkinnyTransposed(M, K, N)) {
    multiplyTallSkinnyTransposed(a, b, c, M, K, N, accumulateAll, thread, threads);
    return;
  }
  setBlocks(K, N);
  const tiles = scratch + <usize>max(threads, 2) * packedBytes() + <usize>thread * tileBytes();
  if (!transposeA && batch == 1 && !accumulateAll && cRow == <usize>N << 2 && isTallSkinny(M, K, N)) {
    multiplyTallSkinny(a, aRow, b, bRow, transposeB, c, biasAt, M, K, N, tiles, thread, threads);
    const from = share(M, thread, threads);
    if (activation != 0) activateRows(activation, c + <usize>from * cRow, cRow, share(M, thread + 1, threads) - from, N);
    return;
  }
  if (batch > 1 && bStride != 0 && <i64>M * K * N < SMALL) {
    const packed = scratch + <usize>thread * packedBytes();
    // `multiply` claims, too, as a team of one.
    const alone = threads == 1;
    for (let i = alone ? 0 : claim(threads); i < batch; i = alone ? i + 1 : claim(threads)) {
      const at = <usize>i;
      multiply(a + at * aStride, b + at * bStride, c + at * cStride, 1, 0, 0, packed, packed, tiles, 0, 1);
    }
  } else {
    const second = scratch + packedBytes();
    const shared = bStride == 0 ? batch : 1;
    for (let i = 0; i < batch; i += shared) {
      if (i > 0) barrier(threads);
      const at = <usize>i;
      multiply(a + at * aStride, b + at * bStride, c + at * cStride, shared, aStride, cStride, scratch, second, tiles, thread, threads);
    }
  }
}

/** `count` products with one B, block by block: B is packed by all threads, then C shared out. */
function multiply(
  a: usize,
  b: usize,
  c: usize,
  count: i32,
  aStride: usize,
  cStride: usize,
  packed: usize,
  otherPacked: usize,
  tileSpace: usize,
  thread: i32,
  threads: i32,
): void {
  const tiles = (M + ROWS - 1) / ROWS;
  const all = tiles * count;
  for (let n = 0; n < N; n += COLUMNS) {
    const columns = min(COLUMNS, N - n);
    const panels = (columns + 7) >> 3;
    // Where there are few tiles one above the other, C is shared out by columns, too.
    const wanted = threads == 1 || all >= 4 * threads ? 1 : min(panels, (4 * threads + all - 1) / all);
    // The wide build takes panels by twos.
    const groupPanels = WIDE ? (((panels + wanted - 1) / wanted) + 1) & ~1 : (panels + wanted - 1) / wanted;
    const groups = (panels + groupPanels - 1) / groupPanels;
    for (let k = 0; k < K || k == 0; k += blockDepth) {
      const depth = min(blockDepth, K - k);
      // The two buffers take turns: one barrier per block is enough.
      const to = packed;
      packed = otherPacked;
      otherPacked = to;
      packBlock(to, b, n, columns, k, depth, thread, threads);
      barrier(threads);
      const last = k + depth >= K;
      const accumulate = accumulateAll || k > 0;
      const bias = biasAt != 0 && k == 0 ? biasAt + (<usize>n << 2) : 0;
      // Piece by piece, each some tiles high and a group of panels wide.
      const tallest = tallestPiece(depth, columns);
      let tile = 0;
      let passed = 0;
      for (let piece = claim(threads); ; piece = claim(threads)) {
        for (; passed < piece / groups && tile < all; passed++) {
          tile += pieceHeight(tile, tiles, all, tallest, threads);
        }
        if (tile >= all) break;
        const item = <usize>(tile / tiles);
        const panel = (piece % groups) * groupPanels;
        multiplyPiece(
          a + item * aStride, c + item * cStride + (<usize>n << 2), to, tileSpace, tile % tiles,
          pieceHeight(tile, tiles, all, tallest, threads), k, depth, panel, min(panel + groupPanels, panels),
          columns, accumulate, bias, last,
        );
      }
    }
  }
}

/** Packs this thread's share of a block of B: column j of the block begins at j·depth floats. */
function packBlock(
  to: usize,
  b: usize,
  n: i32,
  columns: i32,
  k: i32,
  depth: i32,
  thread: i32,
  threads: i32,
): void {
  const full = columns >> 3;
  const first = (full * thread) / threads;
  const end = (full * (thread + 1)) / threads;
  const start = b + (transposeB ? <usize>n * bRow + (<usize>k << 2) : <usize>k * bRow + (<usize>n << 2));
  const column: usize = transposeB ? bRow : 4;
  const bytes = <usize>depth << 2;
  if (transposeB) {
    for (let panel = first; panel < end; panel++) {
      const at = <usize>(panel << 3);
      packTransposed(to + at * bytes, start + at * column, bRow, depth, 8);
    }
  } else {
    const at = <usize>(first << 3);
    packPanels(to + at * bytes, start + at * column, bRow, depth, end - first);
  }
  const width = columns & 7;
  if (width == 0 || thread != threads - 1) return;
  let at = <usize>(full << 3);
  const single = singleColumns(width, depth);
  if (width > single) {
    if (transposeB) packTransposed(to + at * bytes, start + at * column, bRow, depth, width - single);
    else packPart(to + at * bytes, start + at * column, bRow, depth, width - single);
    at += <usize>(width - single);
  }
  for (const last = <usize>columns; single > 0 && at < last; at++) {
    if (transposeB) memory.copy(to + at * bytes, start + at * column, bytes);
    else packColumn(to + at * bytes, start + at * column, bRow, depth);
  }
}

/** How many of the last `width` (up to 7) columns are packed, and multiplied, one by one. */
function singleColumns(width: i32, depth: i32): i32 {
  return depth >= SINGLE_DEPTH ? width & 3 : 0;
}

/** At most this many tiles make a piece: enough that taking it costs little beside multiplying it. */
function tallestPiece(depth: i32, columns: i32): i32 {
  return transposeA ? GROUP : max(GROUP, min(64, PIECE / max(1, ROWS * depth * columns)));
}

/**
 * How many tiles the piece has that begins with `tile`: fewer towards the end, so that all threads
 * finish together.
 */
function pieceHeight(tile: i32, tiles: i32, all: i32, tallest: i32, threads: i32): i32 {
  const fair = threads == 1 ? tallest : max((tallest + 7) >> 3, min(tallest, (all - tile) / (2 * threads)));
  return min(fair, tiles - (tile % tiles));
}

/** The first row of a tile. The last two tiles share what is left, so that none is thin. */
function firstRow(tile: i32): i32 {
  const tiles = (M + ROWS - 1) / ROWS;
  if (tile >= tiles) return M;
  const row = tile * ROWS;
  if (tile < tiles - 1 || tile == 0) return row;
  return row - ROWS + ((M - row + ROWS + 1) >> 1);
}

/** The part of C in the rows of `height` tiles and the columns of panels `from` to `to`. */
function multiplyPiece(
  a: usize,
  c: usize,
  packed: usize,
  tileSpace: usize,
  tile: i32,
  height: i32,
  k: i32,
  depth: i32,
  from: i32,
  to: i32,
  columns: i32,
  accumulate: bool,
  bias: usize,
  last: bool,
): void {
  const bytes = <usize>depth << 2;
  const column = <usize>(from << 3);
  const panels = min(to, columns >> 3) - from;
  const width = to << 3 > columns ? columns & 7 : 0;
  const single = singleColumns(width, depth);
  const part = width - single;
  const partAt = <usize>(columns - width);
  const singleAt = <usize>(columns - single);
  let row = firstRow(tile);
  let at = a + <usize>row * aRow + (<usize>k << 2);
  let pitch = aRow;
  if (transposeA) {
    at = tileSpace;
    pitch = pitchOf(depth);
    packRows(at, pitch, a + <usize>k * aRow + (<usize>row << 2), aRow, depth, firstRow(tile + height) - row);
  }
  let out = c + <usize>row * cRow;
  for (let i = 1; i <= height; i++) {
    const next = firstRow(tile + i);
    const rows = next - row;
    if (WIDE) {
      multiplyWide(rows, at, pitch, packed + column * bytes, depth, out + (column << 2), cRow, panels, accumulate, bias ? bias + (column << 2) : 0);
    } else {
      multiplyPanels(rows, at, pitch, packed + column * bytes, depth, out + (column << 2), cRow, panels, accumulate, bias ? bias + (column << 2) : 0);
    }
    if (part) {
      multiplyPart(rows, at, pitch, packed + partAt * bytes, depth, out + (partAt << 2), cRow, part, accumulate, bias ? bias + (partAt << 2) : 0);
    }
    if (single) {
      multiplyColumns(rows, at, pitch, packed + singleAt * bytes, depth, out + (singleAt << 2), cRow, single, accumulate, bias ? bias + (singleAt << 2) : 0);
    }
    if (last && activation != 0) {
      activateRows(activation, out + (column << 2), cRow, rows, min(to << 3, columns) - (from << 3));
    }
    row = next;
    at += <usize>rows * pitch;
    out += <usize>rows * cRow;
  }
}
