import type { EvaluationRecord } from "@grok/train";

/** Evaluations as CSV (RFC 4180): a line of names, then a line per evaluation; null is empty. */
export function csvOf(records: readonly EvaluationRecord[]): string {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const lines = records.map((record) => names.map((name) => String(record[name] ?? "")).join(","));
  return [names.map(quoted).join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
