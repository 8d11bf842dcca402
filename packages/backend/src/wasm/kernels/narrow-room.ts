import type { WasmHost } from "../host";
import { apart } from "./apart";

/** As in assembly/row-block.ts. */
const NARROW_PARTS = 8;

/** Bytes of [width, 4] floats for each part of the rows of a narrow matrix, and for each thread, `apart`. */
export function narrowRoom({ threads }: Pick<WasmHost, "threads">, width: number): number {
  return apart(16 * width) * (NARROW_PARTS + threads);
}
