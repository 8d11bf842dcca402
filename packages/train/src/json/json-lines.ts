/** A line of a text of JSON lines. */
export interface JsonLine {
  /** Counted from 1. */
  number: number;
  text: string;
}

/** The lines of a text that are not empty, one after the other, without a list of them all. */
export function* jsonLines(text: string): Generator<JsonLine> {
  let start = 0;
  for (let number = 1; start < text.length; number++) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    start = end + 1;
    if (line.trim() !== "") yield { number, text: line };
  }
}
