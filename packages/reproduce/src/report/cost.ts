import type { Reproduction } from "../result/reproduction";

/**
 * What the runs that a full set lacks would take, by the mean time of those that are there; null if
 * none is missing or none is there.
 */
export function missingCost({
  done,
  of,
  runs,
}: Pick<Reproduction, "done" | "of"> & {
  runs: readonly { readonly name: string; readonly elapsed_sec: number }[];
}): string | null {
  const missing = of - done;
  const distinct = [...new Map(runs.map((run) => [run.name, run.elapsed_sec])).values()];
  if (missing <= 0 || distinct.length === 0) return null;
  const mean = distinct.reduce((sum, seconds) => sum + seconds, 0) / distinct.length;
  const what = missing === 1 ? "the other run takes" : `the other ${missing} runs take`;
  return `${what} about ${timeText(mean * missing)}`;
}

function timeText(seconds: number): string {
  if (seconds < 5400) return `${Math.max(1, Math.round(seconds / 60))} min`;
  const hours = seconds / 3600;
  return `${hours < 10 ? hours.toFixed(1) : Math.round(hours)} h`;
}
