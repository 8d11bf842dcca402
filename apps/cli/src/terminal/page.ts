import type { Output, ProcessEnv } from "../process-env";
import { type Style, styleFor } from "./style";

/** How text is set for a stream. */
export interface Page {
  style: Style;
  /** Columns that a line has before it is broken; Infinity if there is no terminal. */
  columns: number;
}

/** The page of a stream. */
export function pageOf(output: Output, env: ProcessEnv["env"]): Page {
  const columns = output.isTTY === true ? (output.columns ?? 80) : Number.POSITIVE_INFINITY;
  return { style: styleFor(output, env), columns };
}
