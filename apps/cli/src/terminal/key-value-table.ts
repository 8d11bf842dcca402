import type { Page } from "./page";

/**
 * Lines of names and what they are, one under another: `  backend  wasm, 2 threads`. What does not
 * fit the columns continues under itself.
 */
export function keyValueTable(
  rows: readonly (readonly [string, string])[],
  { style, columns }: Page,
): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .flatMap(([name, text]) =>
      wrap(text, columns - width - 4).map(
        (line, i) => `  ${style("dim", (i === 0 ? name : "").padEnd(width))}  ${line}\n`,
      ),
    )
    .join("");
}

/** Breaks a text between words; a word that is too long stays whole. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}
