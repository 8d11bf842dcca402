import { RunError } from "@grok/train";
import { type Reproduction, reproductionSchema } from "./reproduction";

/** A result as a file has it: a line per value, but lists of numbers in one. */
export function resultJson(result: Reproduction): string {
  const text = JSON.stringify(result, null, 1);
  return `${text.replace(/\[\s+(-?[\d.][^[\]{}"]*?)\s+\]/g, (_, list: string) => `[${list.replace(/\s+/g, "")}]`)}\n`;
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
