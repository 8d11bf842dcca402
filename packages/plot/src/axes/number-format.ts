const MINUS = "−";

/** A step count in short: 800, 2.5k, 100k, 1.5M. */
export function shortCount(value: number): string {
  for (const [unit, suffix] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    if (Math.abs(value) >= unit) return `${Number((value / unit).toPrecision(6))}${suffix}`;
  }
  return String(Number(value.toPrecision(6)));
}

/** A step count in full, with commas: 1,126,000. */
export function fullCount(value: number): string {
  const [whole, fraction] = String(value).split(".") as [string, string?];
  const grouped = /^\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A value as a power of ten: `10^{−3}`, `2×10^{−5}`. */
export function powerOfTen(value: number): string {
  const [digits, exponent] = value.toExponential(6).split("e") as [string, string];
  const power = `10^{${Number(exponent) < 0 ? MINUS : ""}${Math.abs(Number(exponent))}}`;
  return Number(digits) === 1 ? power : `${Number(digits)}×${power}`;
}
