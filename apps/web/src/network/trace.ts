import type { NetworkView } from "./view";

/** The part of a view that is drawn over time, so small that the page has it of every view. */
export interface NetworkTrace {
  readonly step: number;
  /** The embedding's power by frequency, 0 being the constant; null without frequencies. */
  readonly power: Float32Array | null;
  readonly measures: Readonly<Record<string, number | null>>;
}

/** See {@link NetworkTrace}. */
export function traceOf({ step, waves, measures }: NetworkView): NetworkTrace {
  return { step, power: waves?.embedding ?? null, measures };
}
