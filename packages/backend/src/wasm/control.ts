// The control block's layout, in bytes: see assembly/team.ts. At 512 are assembly/constants.ts' numbers.

/** 0, or 1 + the thread that failed. */
export const FAILED = 384;
/** Milliseconds (f64) that a thread waits for another before it gives up. */
export const PATIENCE = 464;
/** Where a job's arguments lie. */
export const ARGS = 640;
/** How many 32-bit words they may take. */
export const ARGS_WORDS = 8192;
/** The block's size. */
export const CONTROL_BYTES = ARGS + 4 * ARGS_WORDS;
