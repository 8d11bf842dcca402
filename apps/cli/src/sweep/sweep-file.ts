import { realpath } from "node:fs/promises";
import { sweepLimits } from "@grok/sweep";
import { readRegularFile } from "@grok/train/node";

/**
 * Reads the text of a sweep's file, which may be named by a link.
 *
 * @throws RunError if it is no regular file, or larger than `parseSweep` takes; the system's error if
 * it is missing
 */
export async function readSweepFile(file: string): Promise<string> {
  // Text has at least one byte per character, and at most four.
  const bytes = await readRegularFile(await realpath(file), 4 * sweepLimits.length);
  return new TextDecoder().decode(bytes);
}
