import type { Matrix } from "@grok/metrics";
import type { PlaneView } from "./view";

const largest = 32767;

/** Points in sixteen bits each coordinate: off by at most the largest one's 65534th part. */
export function planeView({ values }: Matrix): PlaneView {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  const unit = most === 0 ? 1 : most / largest;
  return { points: Int16Array.from(values, (value) => Math.round(value / unit)), unit };
}

/**
 * Turns the axes of a picture about, where that puts its points nearer to where they were: principal
 * components have no sign of their own, and a flip between two steps would look like a leap.
 */
export function alignSigns<P extends PlaneView>(view: P, before: PlaneView | null): P {
  if (before === null || before.points.length !== view.points.length) return view;
  const along = [0, 0];
  for (let i = 0; i < view.points.length; i++) {
    along[i & 1] =
      (along[i & 1] as number) + (view.points[i] as number) * (before.points[i] as number);
  }
  const signs = along.map((sum) => (sum < 0 ? -1 : 1));
  return {
    ...view,
    points: view.points.map((value, i) => value * (signs[i & 1] as number)),
  };
}
