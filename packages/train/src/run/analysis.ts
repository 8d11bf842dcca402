import { z } from "zod";
import { parse } from "../experiment/parse";
import { jsonLines } from "../json/json-lines";
import { parseJson } from "../json/parse-json";
import { RunError } from "./error";
import { limits } from "./limits";
import { analysisName } from "./names";

const analysisSchema = z.looseObject({ step: z.int().min(0) });

/** A line of analysis.jsonl: the step of a checkpoint, and what was found there, as plain JSON. */
export type AnalysisRecord = z.infer<typeof analysisSchema>;

/**
 * Reads the text of an analysis.jsonl, of at most 2^28 characters and 2^16 a line: an object per
 * line, with a step. What else an object holds is for its reader to check.
 *
 * @throws RunError in a sentence, for a line that is none
 */
export function decodeAnalysis(text: string): AnalysisRecord[] {
  if (text.length > limits.analysis) {
    throw new RunError(
      `${analysisName} has ${text.length} characters; allowed are ${limits.analysis}.`,
    );
  }
  const records: AnalysisRecord[] = [];
  for (const line of jsonLines(text)) {
    try {
      records.push(parse(analysisSchema, parseJson(line.text, limits.line)));
    } catch (error) {
      const { message } = error as Error;
      throw new RunError(`Line ${line.number} of ${analysisName} cannot be read: ${message}`, {
        cause: error,
      });
    }
  }
  return records;
}
