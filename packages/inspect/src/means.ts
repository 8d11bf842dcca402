import type { PointHook } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { partsOf } from "./parts";
import { passPart } from "./score";
import type { Subject } from "./subject";

/**
 * What points hold on average over all of a subject's examples, at each position.
 *
 * @returns by point, of its shape with one example; the caller disposes of them
 */
export async function meansAt(
  subject: Subject,
  points: readonly string[],
): Promise<Map<string, tf.Tensor>> {
  const sums = new Map<string, tf.Tensor>();
  const { size } = subject.examples;
  for (const part of partsOf(subject)) {
    tf.tidy(() => {
      const add =
        (point: string): PointHook =>
        (x) => {
          const own = tf.div(tf.sum(x, 0, true), size);
          const before = sums.get(point);
          sums.set(point, tf.keep(before === undefined ? own : tf.add(before, own)));
          before?.dispose();
        };
      const hooks = Object.fromEntries(points.map((point) => [point, add(point)]));
      passPart(subject, part, { at: () => hooks });
    });
  }
  return sums;
}
