import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../packages.ts";

/** A fenced block of code in a document. */
export interface CodeBlock {
  /** The document's path in the repository. */
  file: string;
  /** The line of its opening fence. */
  line: number;
  language: string;
  /** What follows the language, e.g. `not run: needs a cluster`. */
  note: string;
  text: string;
}

/** The code blocks of a document. */
export function codeBlocks(file: string): CodeBlock[] {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const blocks: CodeBlock[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, indent, language = "", note = ""] = /^( *)```(\S*)\s*(.*)$/.exec(lines[i] ?? "") ?? [];
    if (indent === undefined) continue;
    const line = i + 1;
    const text: string[] = [];
    for (i++; i < lines.length && lines[i]?.trim() !== "```"; i++) {
      text.push((lines[i] ?? "").slice(indent.length));
    }
    blocks.push({ file, line, language, note, text: `${text.join("\n")}\n` });
  }
  return blocks;
}

/** Whether a block is JavaScript or TypeScript. */
export function isScript({ language }: CodeBlock): boolean {
  return language === "js" || language === "ts";
}
