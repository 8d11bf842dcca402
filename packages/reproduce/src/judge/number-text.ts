import type { Measured } from "./measured";

/** Four digits of a small number, all of a whole one; only what is 1 reads 1. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) || Math.abs(value) >= 1000) {
    return Math.round(value).toLocaleString("en-US");
  }
  const text = String(Number(value.toPrecision(4)));
  return text === "1" && value < 1 ? "0.9999" : text;
}

/** A band in words. */
export function bandText([low, high]: readonly [number, number]): string {
  if (high === Number.POSITIVE_INFINITY) return `${short(low)} or more`;
  if (low === Number.NEGATIVE_INFINITY) return `${short(high)} or less`;
  return low === high ? short(low) : `${short(low)} to ${short(high)}`;
}

/** The least and the greatest value of some runs: what never happened lies beyond how long it was watched. */
export function rangeText([low, high]: readonly [Measured, Measured]): string {
  const text = ({ value, happened }: Measured) => (happened ? short(value) : `> ${short(value)}`);
  return text(low) === text(high) ? text(low) : `${text(low)} to ${text(high)}`;
}

/** The number of draws that an estimate of p comes from, plus one: nothing smaller is known. */
const draws = 20_001;

/** How likely something is by chance: two digits of an exact p; of an estimate that it is one. */
export function chanceText(p: number, isExact: boolean): string {
  if (isExact) return `p = ${twoDigits(p)}`;
  return p <= 1 / draws ? `p ≤ ${twoDigits(1 / draws)} (sampled)` : `p ≈ ${twoDigits(p)} (sampled)`;
}

/** E.g. .0040, or 5.8·10⁻⁷. */
export function twoDigits(p: number): string {
  if (p >= 0.995) return "1";
  if (p >= 1e-4) return p.toPrecision(2).replace(/^0/, "");
  const [digits, power] = p.toExponential(1).split("e-") as [string, string];
  const raised = String(Number(power)).replace(/\d/g, (digit) =>
    "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit)),
  );
  return `${digits}·10⁻${raised}`;
}
