import { expect } from "vitest";

/** What a script says in comments that its `console.log` lines print. */
export function announced(script: string): string[] {
  const lines = script.matchAll(/^.*console\.log\(.*\);[ \t]*\/\/ (.+)$/gm);
  return [...lines].map(([, comment = ""]) => comment.trim());
}

/** Expects that what a script announces is among what it printed, in that order. */
export function expectPrinted(script: string, printed: string): void {
  const lines = printed.split(/\r?\n/);
  let from = 0;
  for (const text of announced(script)) {
    const found = lines.findIndex((line, i) => i >= from && matches(line.trim(), text));
    expect(found, `"${text}" is not among what was printed:\n${printed}`).toBeGreaterThan(-1);
    from = found + 1;
  }
}

/** Whether a line is the text, in which a last `…` stands for anything. */
function matches(line: string, text: string): boolean {
  return text.endsWith("…") ? line.startsWith(text.slice(0, -1)) : line === text;
}
