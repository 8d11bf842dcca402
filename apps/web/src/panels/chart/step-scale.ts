import { formatStep, linearScale, logScale, type Scale } from "./scale";

/** The scale of steps, from the first to the last of them; none are as good as any. */
export function stepScale(
  steps: { readonly first: number; readonly last: number },
  isLog: boolean,
  range: readonly [number, number],
): Scale {
  const first = Math.max(isLog ? 1 : 0, Math.min(steps.first, steps.last));
  const domain = [isLog ? first : 0, Math.max(steps.last, first + 1)] as const;
  const scale = isLog ? logScale(domain, range, 4) : linearScale(domain, range, 4);
  return { ...scale, format: shortStep };
}

/** A step as short as a tick must be: 500, 2k, 1.5M. */
export function shortStep(step: number): string {
  if (step >= 1e6) return `${Number((step / 1e6).toPrecision(3))}M`;
  if (step >= 1e3) return `${Number((step / 1e3).toPrecision(3))}k`;
  return formatStep(step);
}
