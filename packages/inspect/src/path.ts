import type { PointHook, PointHooks } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import type { AblateOptions } from "./ablate";
import { ablation } from "./ablate";
import { type Component, componentText } from "./component";
import { residualTransformer } from "./residual";
import { passPart, type SubjectScore, scoreSubject } from "./score";
import type { Subject } from "./subject";

/** What a path ends in: what a layer's attention or feed-forward reads, or the logits. */
export type PathEnd = `layers.${number}.${"attention" | "feedForward"}` | "logits";

/**
 * How a network answers if one of its parts is missing for one later part alone: the direct path from
 * head or neuron to `end` is cut, and every other path stays (path patching).
 *
 * @throws RangeError for a network without a residual stream of plain sums, a part that it does not
 *   have, or an end that does not come after the part
 *
 * @example
 * // Whether the feed-forward needs head 0, or the logits read it themselves:
 * await cutPath(subject, { kind: "head", layer: 0, head: 0 }, "layers.0.feedForward");
 */
export async function cutPath(
  subject: Subject,
  component: Extract<Component, { kind: "head" | "neuron" }>,
  end: PathEnd,
  options: Omit<AblateOptions, "keepFrequencies"> = {},
): Promise<SubjectScore> {
  const { layers } = residualTransformer(subject.network);
  const given = `layers.${component.layer}.${component.kind === "head" ? "attention.output" : "feedForward.out"}`;
  const read = end === "logits" ? `layers.${layers - 1}.residual.post` : `${end}.input`;
  const order = subject.network.points.map(({ name }) => name);
  if (!(order.indexOf(read) > order.indexOf(given))) {
    throw new RangeError(
      `${end} does not come after ${componentText(component)}: allowed are what comes after ${given}, and logits`,
    );
  }
  const { change, dispose } = await ablation(subject, [component], options);
  try {
    return await scoreSubject(subject, {
      at: (part): PointHooks => {
        const passes = [undefined, change.at].map((at) => {
          let seen: tf.Tensor | undefined;
          const look: PointHook = (x) => void (seen = tf.keep(tf.clone(x)));
          tf.tidy(
            () =>
              void passPart(subject, part, { at: (each) => ({ ...at?.(each), [given]: look }) }),
          );
          return seen as unknown as tf.Tensor;
        });
        const [whole, cut] = passes as [tf.Tensor, tf.Tensor];
        const difference = tf.sub(cut, whole); // [size, length, dModel]
        tf.dispose(passes);
        return { [read]: (x) => tf.add(x, difference) };
      },
    });
  } finally {
    dispose();
  }
}
