import { stripVTControlCharacters } from "node:util";
import type { Output } from "../process-env";

const escape = "\u001b[";
const hideCursor = `${escape}?25l`;
const showCursor = `${escape}?25h`;
const eraseLine = `${escape}2K`;
const eraseBelow = `${escape}J`;
// Terminals that know this mode show a frame whole; others ignore it.
const beginFrame = `${escape}?2026h`;
const endFrame = `${escape}?2026l`;

/**
 * The last lines of a terminal, drawn again in place. No line is wider than the terminal, so that
 * none wraps. Each frame is one write, so that nothing flickers. The cursor is hidden from the first
 * frame until `close`.
 */
export class Region {
  readonly #output: Output;
  #widths: readonly number[] = [];
  #cursorHidden = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Columns that a line may have. */
  get columns(): number {
    return Math.max(1, this.#output.columns ?? 80);
  }

  /** Lines that a frame may have; the line below it is the cursor's. */
  get rows(): number {
    return Math.max(1, (this.#output.rows ?? 24) - 1);
  }

  /** Replaces what was drawn by these lines; those that do not fit are left out or cut. */
  draw(lines: readonly string[]): void {
    const fitting = lines.slice(0, this.rows).map((line) => cut(line, this.columns));
    // Erased before it is written: behind a character in the last column, erasing takes that too.
    const body = fitting.map((line) => `${eraseLine}${line}\n`).join("");
    this.#write(`${this.#home()}${body}${eraseBelow}`);
    this.#widths = fitting.map(widthOf);
  }

  /** Writes lines above the region, where they stay. The region is empty until it is drawn again. */
  print(text: string): void {
    this.#write(`${this.#home()}${eraseBelow}${text}`);
    this.#widths = [];
  }

  /** Leaves what was drawn where it is and gives the cursor back. */
  close(): void {
    this.#widths = [];
    if (!this.#cursorHidden) return;
    this.#cursorHidden = false;
    this.#output.write(showCursor);
  }

  #write(text: string): void {
    const hide = this.#cursorHidden ? "" : hideCursor;
    this.#cursorHidden = true;
    this.#output.write(`${hide}${beginFrame}${text}${endFrame}`);
  }

  /** Moves to the region's first line. */
  #home(): string {
    // A terminal that became narrower has wrapped the lines drawn before.
    let rows = 0;
    for (const width of this.#widths) rows += Math.max(1, Math.ceil(width / this.columns));
    const up = Math.min(rows, this.rows);
    return up === 0 ? "\r" : `\r${escape}${up}A`;
  }
}

/** How many columns a line takes; what is drawn here has none but characters of one column. */
function widthOf(line: string): number {
  return stripVTControlCharacters(line).length;
}

function cut(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  const plain = stripVTControlCharacters(line);
  return columns === 1 ? plain.slice(0, 1) : `${plain.slice(0, columns - 1)}…`;
}
