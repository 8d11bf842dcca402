import { fullCount } from "../axes/number-format";

/** A run at one step, in a figure that shows several side by side. */
export interface Moment {
  readonly step: number;
  /** What it is, e.g. "before". */
  readonly label?: string;
  /** In brackets behind it; the figure's note says what it is. */
  readonly remark?: string;
}

/** A moment as a panel's title: `before · step 1,200 (9%)`. */
export function momentTitle({ step, label, remark }: Moment): string {
  const at = `step ${fullCount(step)}${remark ? ` (${remark})` : ""}`;
  return label ? `${label} · ${at}` : at;
}

/** Throws a RangeError unless there are moments to draw, each at a step ≥ 0. */
export function checkMoments(moments: readonly Moment[], caller: string): void {
  if (moments.length === 0) throw new RangeError(`${caller}: there are no moments to draw`);
  for (const { step } of moments) {
    if (!(Number.isFinite(step) && step >= 0)) {
      throw new RangeError(`${caller}: a moment has step ${step}; a step is a finite number ≥ 0`);
    }
  }
}
