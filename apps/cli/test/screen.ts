import type { ReadableOutput } from "./process-env";

/** A terminal of our own: understands what a region writes, and shows what a person would see. */
export class Screen implements ReadableOutput {
  readonly isTTY = true;
  columns: number;
  rows: number;
  isCursorShown = true;
  /** How many writes there were: each is a frame. */
  writes = 0;
  /** All lines since the beginning; the last `rows` of them are on the screen. */
  readonly #lines: string[] = [""];
  #row = 0;
  #column = 0;

  constructor(columns = 80, rows = 24) {
    this.columns = columns;
    this.rows = rows;
  }

  /** What is to be seen and what was scrolled away, without empty lines at the end. */
  get text(): string {
    return this.#lines
      .map((line) => line.trimEnd())
      .join("\n")
      .trimEnd();
  }

  write(text: string): void {
    this.writes++;
    // oxlint-disable-next-line no-control-regex -- they are what this is about
    for (const [token, csi] of text.matchAll(/\u001b\[([?\d;]*[A-Za-z])|[\s\S]/g)) {
      if (csi === undefined) this.#put(token);
      else this.#control(csi);
    }
  }

  #put(character: string): void {
    if (character === "\r") this.#column = 0;
    else if (character === "\n") this.#feed();
    else {
      if (this.#column >= this.columns) this.#feed();
      const line = (this.#lines[this.#row] ?? "").padEnd(this.#column);
      this.#lines[this.#row] =
        line.slice(0, this.#column) + character + line.slice(this.#column + 1);
      this.#column++;
    }
  }

  #feed(): void {
    this.#row++;
    this.#column = 0;
    if (this.#lines.length <= this.#row) this.#lines.push("");
  }

  #control(csi: string): void {
    const amount = Number.parseInt(csi, 10) || 1;
    // Nothing above the screen can be reached.
    const top = Math.max(0, this.#lines.length - this.rows);
    if (csi.endsWith("A")) this.#row = Math.max(top, this.#row - amount);
    else if (csi === "2K") this.#lines[this.#row] = "";
    else if (csi === "J") {
      this.#lines[this.#row] = (this.#lines[this.#row] ?? "").slice(0, this.#column);
      this.#lines.length = this.#row + 1;
    } else if (csi === "?25l") this.isCursorShown = false;
    else if (csi === "?25h") this.isCursorShown = true;
    else if (!/^(\?2026[hl]|[\d;]*m)$/.test(csi)) throw new Error(`unknown control ${csi}`);
  }
}
