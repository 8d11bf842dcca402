import { bandText, short } from "../judge/number-text";
import type { Reproduction } from "../result/reproduction";

type QuantityResult = Reproduction["quantities"][number];

/** A verdict in words, with how much of the runs it stands on. */
export function verdictText({
  verdict,
  extent,
  done,
  of,
}: Pick<Reproduction, "verdict" | "extent" | "done" | "of">): string {
  if (extent === "none") return "not yet run";
  if (extent === "partly") return `partly run (${done} of ${of})`;
  return extent === "quick" ? `${verdict} (quick: ${done} of ${of} runs)` : verdict;
}

/** The value of ours that is judged, with the spread of its runs. */
export function oursText(quantity: QuantityResult): string {
  const { ours, range, runs, never, unit } = quantity;
  if (runs === 0) return "–";
  const parts: string[] = [];
  if (unit === "pairs") parts.push(ours === null ? "–" : `${short(ours)} of pairs`);
  else if (ours !== null) parts.push(short(ours));
  else parts.push(range === null ? "–" : "not reached");
  if (range !== null && runs > 1) parts.push(`(${bandText(range)})`);
  parts.push(`N = ${runs}${never === 0 ? "" : `, ${never} never`}`);
  return parts.join(" ");
}

/** A quantity's band in words. */
export function bandOf({ band }: QuantityResult): string {
  if (band === null) return "";
  return bandText([band[0] ?? Number.NEGATIVE_INFINITY, band[1] ?? Number.POSITIVE_INFINITY]);
}
