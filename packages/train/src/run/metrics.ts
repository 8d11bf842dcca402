import { type JsonLine, jsonLines } from "../json/json-lines";
import { parseJson } from "../json/parse-json";
import { RunError } from "./error";
import { limits } from "./limits";
import { metricsName } from "./names";
import { type EvaluationRecord, recordSchema } from "./record";

/** What metrics.jsonl holds: each whole line with its record, in order. */
export interface Metrics {
  lines: { text: string; record: EvaluationRecord }[];
  /** What follows the last whole line: the beginning of one that a crash cut off; else empty. */
  torn: string;
}

/**
 * Reads metrics.jsonl, of at most 2^28 characters and 2^16 a line. Only its last line may be no
 * record: a crash can have torn it.
 *
 * @throws RunError if another line is no record, or where the steps do not ascend
 */
export function decodeMetrics(text: string): Metrics {
  if (text.length > limits.metrics) {
    throw new RunError(
      `${metricsName} has ${text.length} characters; allowed are ${limits.metrics}.`,
    );
  }
  const lines: Metrics["lines"] = [];
  let torn: JsonLine | undefined;
  for (const line of jsonLines(text)) {
    if (torn !== undefined) {
      throw new RunError(
        `Line ${torn.number} of ${metricsName} is not a record, though lines follow it; mend or remove it.`,
      );
    }
    const record = readRecord(line.text);
    if (record === null) {
      torn = line;
      continue;
    }
    const before = lines.at(-1)?.record.step ?? -1;
    if (record.step <= before) {
      throw new RunError(
        `Line ${line.number} of ${metricsName} has step ${record.step} after step ${before}; mend or remove it.`,
      );
    }
    lines.push({ text: line.text, record });
  }
  return { lines, torn: torn?.text ?? "" };
}

function readRecord(line: string): EvaluationRecord | null {
  try {
    return recordSchema.parse(parseJson(line, limits.line));
  } catch {
    return null;
  }
}
