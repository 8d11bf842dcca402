import { bandText, chanceText, rangeText, short, twoDigits } from "../judge/number-text";
import type { Reproduction } from "../result/reproduction";

type QuantityResult = Reproduction["quantities"][number];

/** A verdict in words, with how much of the figure it is about. */
export function verdictText({
  verdict,
  extent,
  done,
  of,
  judged,
  judgeable,
}: Pick<Reproduction, "verdict" | "extent" | "done" | "of" | "judged" | "judgeable">): string {
  if (extent === "none") return "not yet run";
  const runs = extent === "full" ? "" : `${done} of ${of} runs`;
  const part = judged === judgeable || judged === 0 ? "" : `${judged} of ${judgeable} judged`;
  const about = [part, runs].filter((each) => each !== "").join(", ");
  return about === "" ? verdict : `${verdict} (${about})`;
}

/** The value of ours that is judged, with the spread of its runs, N, and how many never got there. */
export function oursText(quantity: QuantityResult): string {
  const { ours, range, runs, never, kind, error, degrees, interval } = quantity;
  if (runs === 0) return "–";
  const parts: string[] = [];
  if (kind === "order") parts.push(ours === null ? "–" : `${short(ours)} of pairs`);
  else if (ours !== null) parts.push(short(ours));
  else parts.push(range === null ? "–" : "not reached");
  if (error !== null) parts[0] += ` ± ${short(error)}`;
  const details = [
    range !== null && runs > 1 ? rangeText(rangeOf(range)) : null,
    degrees === null ? null : `${degrees} degree${degrees === 1 ? "" : "s"} of freedom`,
    interval === null ? null : `95%: ${bandText(interval)}`,
  ].filter((each) => each !== null);
  if (details.length > 0) parts.push(`(${details.join("; ")})`);
  parts.push(runs === 1 ? "one run" : `N = ${runs}${never === 0 ? "" : `, ${never} never`}`);
  return parts.join(" ");
}

/** A quantity's band in words, or its test with what the design could show at best. */
export function bandOf({ band, least, kind, isConvention }: QuantityResult): string {
  if (least !== null) {
    return `${kind === "order" ? "rank" : "sign"} test; p = ${twoDigits(least)} at best`;
  }
  if (band === null) return "";
  const text = bandText([band[0] ?? Number.NEGATIVE_INFINITY, band[1] ?? Number.POSITIVE_INFINITY]);
  return isConvention ? `${text}, by convention` : text;
}

/** A quantity's verdict in words, with the chance of a test and with what is missing for one. */
export function quantityVerdictText(quantity: QuantityResult): string {
  const { verdict, chance, runs, needs, least } = quantity;
  if (verdict === "partly run" && needs !== null && runs < needs) {
    return `no verdict from ${runs === 1 ? "one run" : `${runs} runs`}, it needs ${needs}`;
  }
  if (chance === null || least === null) return verdict;
  return `${verdict}, ${chanceText(chance.p, chance.isExact)}`;
}

/** A note for a published value that lies beyond all of ours; null for any other. */
export function outsideText({
  isOutside,
  prediction,
  published,
  verdict,
}: QuantityResult): string | null {
  if (!isOutside) return null;
  const where =
    prediction === null
      ? ""
      : `; a further seed of ours would lie within ${bandText(prediction)} in 95%`;
  const but = verdict === "reproduced" ? ", though the band holds our median" : "";
  return `The published ${published} lies outside of the range of all of ours${but}${where}.`;
}

function rangeOf([low, high]: NonNullable<QuantityResult["range"]>) {
  const measured = (end: typeof low) =>
    typeof end === "number" ? { value: end, happened: true } : { value: end.over, happened: false };
  return [measured(low), measured(high)] as const;
}
