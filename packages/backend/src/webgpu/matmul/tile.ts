/** Rows and columns of the part of a product that a workgroup computes. */
export const TILE = 32;
/** How far along the inner dimension a workgroup goes at a time. */
export const DEPTH = 16;
/** A workgroup's threads, 8 × 8, each of which keeps 4 × 4 elements in registers. */
export const THREADS = 64;
