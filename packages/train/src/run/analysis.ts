import { analysisRecordSchema, type CheckpointAnalysis } from "../analysis/record";
import { parse } from "../experiment/parse";
import { jsonLines } from "../json/json-lines";
import { parseJson } from "../json/parse-json";
import { RunError } from "./error";
import { limits } from "./limits";
import { analysisName } from "./names";

/**
 * Reads the text of an analysis.jsonl, of at most 2^28 characters and 2^16 a line: a record
 * per line.
 *
 * @throws RunError in a sentence, for a line that is none
 */
export function decodeAnalysis(text: string): CheckpointAnalysis[] {
  if (text.length > limits.analysis) {
    throw new RunError(
      `${analysisName} has ${text.length} characters; allowed are ${limits.analysis}.`,
    );
  }
  const records: CheckpointAnalysis[] = [];
  for (const line of jsonLines(text)) {
    try {
      records.push(parse(analysisRecordSchema, parseJson(line.text, limits.line)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { message } = error;
      throw new RunError(`Line ${line.number} of ${analysisName} cannot be read: ${message}`, {
        cause: error,
      });
    }
  }
  return records;
}
