import { parse } from "../experiment/parse";
import { parseJson } from "../json/parse-json";
import { RunError } from "./error";
import { limits } from "./limits";
import { summaryName } from "./names";
import { type Summary, summarySchema } from "./record";

/** Characters of a reason that are kept: a sentence, and some of what a device had to say. */
const longestReason = 4_096;

/** Device losses that are kept, the newest ones. */
const maxLosses = 100;

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

/** The text of a summary.json, which `decodeSummary` takes: what has no end of its own is cut. */
export function summaryText({ error, device_losses: losses, ...summary }: Summary): string {
  const text = {
    ...summary,
    ...(losses === undefined
      ? {}
      : {
          device_losses: losses
            .slice(-maxLosses)
            .map((loss) => ({ ...loss, reason: shortened(loss.reason) })),
        }),
    ...(error === undefined ? {} : { error: shortened(error) }),
  };
  return `${JSON.stringify(text, null, 2)}\n`;
}

function shortened(reason: string): string {
  return reason.length <= longestReason ? reason : `${reason.slice(0, longestReason)}…`;
}
