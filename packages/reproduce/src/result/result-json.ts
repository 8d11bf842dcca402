import { RunError } from "@grok/train";
import { type Reproduction, reproductionSchema } from "./reproduction";

/** Objects and lists of less than this many characters stay in one line. */
const widest = 200;

/** A result as a file has it: a line per value, but lists of numbers and small objects in one. */
export function resultJson(result: Reproduction): string {
  return `${JSON.stringify(result, null, 1)
    .replace(/\[\s+((?:-?[\d.]|null)[^[\]{}"]*?)\s+\]/g, (_, list: string) => {
      return `[${list.replace(/\s+/g, "")}]`;
    })
    .replace(/\{\n\s*([^{}[\]]*?)\n\s*\}/g, (whole, inside: string) => {
      const line = `{ ${inside.replace(/\n\s*/g, " ")} }`;
      return line.length < widest ? line : whole;
    })}\n`;
}

/**
 * Reads a result.
 *
 * @throws RunError in a sentence, for text that is none
 */
export function parseResult(text: string, name: string): Reproduction {
  try {
    return reproductionSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new RunError(`${name} is no verdict of grok reproduce; move it away.`, { cause });
  }
}
