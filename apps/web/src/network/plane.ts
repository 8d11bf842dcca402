import type { Matrix } from "@grok/metrics";
import type { PlaneView } from "./view";

/**
 * Points in eight bits each coordinate: off by at most the largest one's 254th part, less than a
 * pixel of a small picture.
 *
 * @param points [points, 2]
 */
export function planeView({ values }: Matrix): PlaneView {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  const unit = most === 0 ? 1 : most / 127;
  return { points: Int8Array.from(values, (value) => Math.round(value / unit)), unit };
}

/**
 * Flips the axes of a picture where that puts its points nearer to where they were: principal
 * components have no sign of their own, and a flip between two steps would look like a leap.
 *
 * @param points [points, 2]
 * @param before the same points in the picture before, if there was one
 */
export function alignSigns(points: Matrix, before: PlaneView | null | undefined): Matrix {
  if (before?.points.length !== points.values.length) return points;
  const { xx, yy } = products(points, before);
  const [x, y] = [xx < 0 ? -1 : 1, yy < 0 ? -1 : 1];
  return mapPoints(points, (px, py) => [x * px, y * py]);
}

/**
 * Turns a picture, over if need be, so that its points are as near as can be to where they were: the
 * plane of a frequency has no axes of its own (orthogonal Procrustes, in closed form for a plane).
 *
 * @param points [points, 2]
 * @param before the same points in the picture before, if there was one
 */
export function alignTurn(points: Matrix, before: PlaneView | null | undefined): Matrix {
  if (before?.points.length !== points.values.length) return points;
  const { xx, xy, yx, yy } = products(points, before);
  const turned = Math.hypot(xx + yy, xy - yx);
  const mirrored = Math.hypot(xx - yy, xy + yx);
  const side = mirrored > turned ? -1 : 1;
  // What the points have along the best turn is the length of this pair.
  const angle = Math.atan2(xy - side * yx, xx + side * yy);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return mapPoints(points, (x, y) => [cosine * x - side * sine * y, sine * x + side * cosine * y]);
}

/** Sums of products of coordinates; `xy` is of x here and y before. */
function products({ values }: Matrix, { points }: PlaneView) {
  const sums = { xx: 0, xy: 0, yx: 0, yy: 0 };
  for (let i = 0; i < values.length; i += 2) {
    const [x, y] = [values[i] as number, values[i + 1] as number];
    const [u, v] = [points[i] as number, points[i + 1] as number];
    sums.xx += x * u;
    sums.xy += x * v;
    sums.yx += y * u;
    sums.yy += y * v;
  }
  return sums;
}

function mapPoints(
  { values, rows, columns }: Matrix,
  map: (x: number, y: number) => readonly [number, number],
): Matrix {
  const mapped = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 2) {
    mapped.set(map(values[i] as number, values[i + 1] as number), i);
  }
  return { values: mapped, rows, columns };
}
