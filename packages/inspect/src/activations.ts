import type { Point, PointAxis, PointHook } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { partsOf } from "./parts";
import { passPart } from "./score";
import { checkSite, type Site, selected } from "./site";
import type { Subject } from "./subject";

/** What a point held for all examples, as plain numbers. */
export interface Activation {
  readonly point: string;
  readonly axes: readonly PointAxis[];
  /** The first side is the number of examples. */
  readonly shape: readonly number[];
  /** In the order of the subject's examples. */
  readonly values: Float32Array;
}

/**
 * Runs a network on all examples and keeps what points hold: the cache of a pass.
 *
 * @param points names that `points` of the network has; default all of them
 * @param select the only places by axis that are kept; default all
 * @throws RangeError for a point, or an axis or place of it, that there is not
 *
 * @example
 * const cache = await readActivations(subject, ["layers.0.attention.pattern"]);
 * cache["layers.0.attention.pattern"].shape; // [12769, 4, 3, 3]: example, head, query, key
 */
export async function readActivations<Name extends string>(
  subject: Subject,
  points: readonly Name[] = subject.network.points.map(({ name }) => name as Name),
  select: Site["select"] = {},
): Promise<Record<Name, Activation>> {
  const { network, examples } = subject;
  const kept = {} as Record<Name, Activation>;
  const known = new Map(points.map((point) => [point, checkSite(network, { point, select })]));
  for (const part of partsOf(subject)) {
    const seen = new Map<Name, tf.Tensor>();
    const look =
      (point: Name): PointHook =>
      (x) =>
        void seen.set(point, tf.keep(selected(x, known.get(point) as Point, select)));
    const hooks = Object.fromEntries(points.map((point) => [point, look(point)]));
    tf.tidy(() => void passPart(subject, part, { at: () => hooks }));
    for (const [point, tensor] of seen) {
      const values = await tensor.data();
      const inner = tensor.shape.slice(1);
      const width = values.length / part.batch.size;
      kept[point] ??= {
        point,
        axes: known.get(point)?.axes ?? [],
        shape: [examples.size, ...inner],
        values: new Float32Array(examples.size * width),
      };
      for (const [i, row] of part.rows.entries()) {
        kept[point].values.set(values.subarray(i * width, (i + 1) * width), row * width);
      }
      tensor.dispose();
    }
  }
  return kept;
}
