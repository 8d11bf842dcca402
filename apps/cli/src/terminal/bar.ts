import type { Style } from "./style";

/**
 * A progress bar of this many columns, in half columns: `━━━━━╸─────`. Done and left differ in shape
 * as well, so that it reads without colour.
 */
export function progressBar(share: number, columns: number, style: Style): string {
  const halves = Math.round(Math.min(1, Math.max(0, share)) * columns * 2);
  const half = halves % 2 === 1 ? "╸" : "";
  const done = `${"━".repeat(Math.floor(halves / 2))}${half}`;
  const left = "─".repeat(columns - done.length);
  return `${done && style("cyan", done)}${left && style("dim", left)}`;
}
