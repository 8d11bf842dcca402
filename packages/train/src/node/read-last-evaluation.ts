import { join } from "node:path";
import { byteLimit } from "../run/limits";
import { decodeMetrics } from "../run/metrics";
import type { EvaluationRecord } from "../run/record";
import { openRegularFile } from "./regular-file";

/** Bytes from the end of metrics.jsonl that have its last whole line and a torn one after it. */
const tail = 2 ** 17;

/**
 * The last whole evaluation of a run's folder, read from the end of metrics.jsonl; null if it has none.
 *
 * @throws the system's error if the file cannot be read; RunError if it is no regular file or damaged
 */
export async function readLastEvaluation(folder: string): Promise<EvaluationRecord | null> {
  const path = join(folder, "metrics.jsonl");
  const opened = await openRegularFile(path, byteLimit("metrics.jsonl")).catch((error) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (opened === null) return null;
  const { file, stats } = opened;
  try {
    const start = Math.max(0, stats.size - tail);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(stats.size - start), {
      position: start,
    });
    const text = buffer.toString("utf8", 0, bytesRead);
    const whole = start === 0 ? text : text.slice(text.indexOf("\n") + 1);
    return decodeMetrics(whole).lines.at(-1)?.record ?? null;
  } finally {
    await file.close();
  }
}
