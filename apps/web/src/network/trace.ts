import { limits } from "./limits";
import { thin } from "./thin";
import type { NetworkView } from "./view";

/** The part of a view that is drawn over time, so small that the page has it of every view. */
export interface NetworkTrace {
  readonly step: number;
  /** The embedding's power by frequency, 0 being the constant; null without frequencies. */
  readonly power: Float32Array | null;
  readonly measures: Readonly<Record<string, number | null>>;
}

/** Traces with that of a view, which takes the place of those of its step and later ones. */
export function tracesAfter(
  before: readonly NetworkTrace[],
  view: NetworkView,
): readonly NetworkTrace[] {
  return thin([...before.filter(({ step }) => step < view.step), traceOf(view)], limits.traces);
}

/** See {@link NetworkTrace}. */
export function traceOf({ step, waves, measures }: NetworkView): NetworkTrace {
  return { step, power: waves?.embedding ?? null, measures };
}
