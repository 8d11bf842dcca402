import type { Network, Point, PointAxis } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";

/** Part of what a point holds: all of it, or certain places along its axes. */
export interface Site {
  /** A name that `points` of the network has. */
  readonly point: string;
  /** Places by axis, e.g. `{ head: [2] }`; an axis that is not named is taken whole. */
  readonly select?: Readonly<Partial<Record<PointAxis, readonly number[]>>>;
}

/** @throws RangeError if the network has no such point or the point no such axis or place */
export function checkSite({ points }: Network, { point: name, select = {} }: Site): Point {
  const point = points.find((each) => each.name === name);
  if (point === undefined) {
    throw new RangeError(
      `there is no point ${name}: the network has ${points.map((each) => each.name).join(", ")}`,
    );
  }
  for (const [axis, places] of Object.entries(select)) {
    const at = point.axes.indexOf(axis as PointAxis);
    if (at < 0) {
      throw new RangeError(`${name} has no axis ${axis}: it has ${point.axes.join(", ")}`);
    }
    const size = point.shape[at] ?? Number.POSITIVE_INFINITY;
    const wrong = places.find((place) => !(Number.isInteger(place) && place >= 0 && place < size));
    if (wrong !== undefined) {
      throw new RangeError(
        `${name} has no ${axis} ${wrong}: there are ${size === Number.POSITIVE_INFINITY ? "those" : size} from 0`,
      );
    }
  }
  return point;
}

/**
 * Ones at the places of a site, of a shape that broadcasts to its point's.
 *
 * @param shape of the point's tensor
 * @returns per axis 1 or as long as the axis
 */
export function siteMask(
  { axes }: Point,
  { select = {} }: Site,
  shape: readonly number[],
): tf.Tensor {
  const sides = axes.map((axis, i) => (select[axis] === undefined ? 1 : (shape[i] as number)));
  return axes.reduce(
    (mask: tf.Tensor, axis, i) => {
      const places = select[axis];
      if (places === undefined) return mask;
      const along = sides.map((side, j) => (j === i ? side : 1));
      const ones = Float32Array.from({ length: sides[i] as number }, (_, place) =>
        places.includes(place) ? 1 : 0,
      );
      return tf.mul(mask, tf.tensor(ones, along));
    },
    tf.ones(axes.map(() => 1)),
  );
}

/** A copy of what a point holds at certain places; the other axes are whole. */
export function selected(
  x: tf.Tensor,
  { axes }: Point,
  select: NonNullable<Site["select"]>,
): tf.Tensor {
  const picked = axes.reduce((rest, axis, i) => {
    const places = select[axis];
    return places === undefined ? rest : tf.gather(rest, tf.tensor1d([...places], "int32"), i);
  }, x);
  return tf.clone(picked);
}

/** {@link siteMask} of several sites of one point together. */
export function maskOf(point: Point, sites: readonly Site[], shape: readonly number[]): tf.Tensor {
  return sites
    .map((site) => siteMask(point, site, shape))
    .reduce((sum, mask) => tf.maximum(sum, mask));
}

/** x with the places of the mask taken from another tensor. */
export function blend(x: tf.Tensor, mask: tf.Tensor, other: tf.Tensor | 0): tf.Tensor {
  const kept = tf.mul(x, tf.sub(1, mask));
  return other === 0 ? kept : tf.add(kept, tf.mul(other, mask));
}
