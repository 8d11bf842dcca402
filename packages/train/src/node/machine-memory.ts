import { totalmem } from "node:os";

/**
 * How much memory this process may have at most, in bytes: the machine's, or what its container or
 * control group is given if that is less.
 */
export function machineMemory(): number {
  // 0 or undefined if there is no such limit, and a huge number on some systems.
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
