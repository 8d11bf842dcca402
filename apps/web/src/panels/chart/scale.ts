/** Made once: a format costs far more than what it writes. */
const whole = new Intl.NumberFormat("en");
const threeDigits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** Maps values of a domain to positions on a line, with round values to mark. */
export interface Scale {
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

/** A scale in equal steps. */
export function linearScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  count = 5,
): Scale {
  const span = high - low || 1;
  const place = (value: number) => from + ((value - low) / span) * (to - from);
  return { place, ticks: roundTicks(low, low + span, count), format: formatNumber };
}

/**
 * A scale by logarithms. What is not positive is placed at the lower end, where it counts as the
 * lowest value.
 */
export function logScale(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  count = 5,
): Scale {
  const start = Math.log10(low);
  const span = Math.log10(high) - start || 1;
  const place = (value: number) =>
    from + ((Math.log10(Math.max(value, low)) - start) / span) * (to - from);
  return { place, ticks: decadeTicks(low, high, count), format: formatNumber };
}

/** Round values from low to high, about as many as asked for, in steps of 1, 2 or 5 times 10ⁿ. */
export function roundTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = [1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10;
  const step = unit * power;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

/** Powers of ten from low to high, thinned to about as many as asked for. */
function decadeTicks(low: number, high: number, count: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 1) return roundTicks(low, high, count).filter((tick) => tick > 0);
  const every = Math.max(1, Math.ceil((last - first + 1) / count));
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) ticks.push(10 ** power);
  return ticks;
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number as a person writes it: 12,000, 0.25, 10⁻⁶. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const power = Math.floor(Math.log10(size) + 1e-9);
    const factor = value / 10 ** power;
    const digits = String(Math.abs(power)).replace(
      /\d/g,
      (digit) => superscripts[Number(digit)] ?? "",
    );
    const ten = `10${power < 0 ? "⁻" : ""}${digits}`;
    return Math.abs(factor - 1) < 1e-6 ? ten : `${Number(factor.toPrecision(2))}·${ten}`;
  }
  return threeDigits.format(value);
}

/** A step, in full. */
export function formatStep(step: number): string {
  return whole.format(step);
}

/** A share in percent. */
export function formatShare(share: number): string {
  const percent = 100 * share;
  // 9.7 is 10 in one digit, which toPrecision would write as 1e+1.
  return `${percent >= 9.5 || percent === 0 ? Math.round(percent) : percent.toPrecision(1)}%`;
}
