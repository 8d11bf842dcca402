import type { WasmHost } from "../host";

/** As in assembly/row-block.ts. */
const NARROW_PARTS = 8;

/** Bytes of [width, 4] floats for each part of the rows of a narrow matrix, and for each thread. */
export function narrowRoom({ threads }: WasmHost, width: number): number {
  return 16 * width * (NARROW_PARTS + threads);
}
