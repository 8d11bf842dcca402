import { parse } from "../experiment/parse";
import { parseJson } from "../json/parse-json";
import { RunError } from "./error";
import { limits } from "./limits";
import { summaryName } from "./names";
import { type Summary, summarySchema } from "./record";

/**
 * Reads the text of a summary.json, of at most a mebibyte. Keys that it does not know, of a newer
 * version, are left out.
 *
 * @throws RunError in a sentence that begins with the file's name
 */
export function decodeSummary(text: string): Summary {
  try {
    return parse(summarySchema, parseJson(text, limits.summary));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RunError(`${summaryName} cannot be read: ${error.message}`, {
      cause: error,
    });
  }
}
