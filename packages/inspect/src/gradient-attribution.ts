import type { Point, PointHook } from "@grok/models";
import { add, softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { type Component, componentsOf, headsOf, siteOf } from "./component";
import { partsOf } from "./parts";
import type { Subject } from "./subject";

/** What taking one part out would do to the loss, to first order. */
export interface GradientAttribution {
  readonly component: Extract<Component, { kind: "head" | "neuron" }>;
  /** −Σ x·∂L/∂x, L the mean cross-entropy of all examples, x what the part holds: above 0 if it helps. */
  readonly loss: number;
}

/**
 * Attribution patching: for every head and neuron an estimate of how much the mean loss of all examples
 * rises if it is taken out, from one pass forward and backward for all of them together.
 *
 * @throws RangeError for a network that names no heads or neurons
 */
export async function gradientAttribution(subject: Subject): Promise<GradientAttribution[]> {
  const { network, parameters, examples, answerPositions } = subject;
  const { neurons } = componentsOf(network);
  const components = [
    ...headsOf(network),
    ...neurons.flatMap((count, layer) =>
      range(count).map((neuron) => ({ kind: "neuron", layer, neuron }) as const),
    ),
  ];
  if (components.length === 0) {
    throw new RangeError(`${network.anatomy.words} names no heads or neurons among its points`);
  }
  const points = new Map<string, Point>();
  for (const component of components) {
    const { point } = siteOf(network, component);
    points.set(point, network.points.find(({ name }) => name === point) as Point);
  }
  const totals = new Map(
    Array.from(points, ([name, point]) => [name, new Float64Array(placesOf(point))]),
  );
  const group = answerPositions.length;
  for (const part of partsOf(subject)) {
    const labels = tf.tensor1d(part.labels, "int32"); // [size · answers]
    const shapes = new Map<string, number[]>();
    const look =
      (name: string): PointHook =>
      (x) =>
        void shapes.set(name, x.shape);
    const looks = Object.fromEntries(Array.from(points.keys(), (name) => [name, look(name)]));
    tf.tidy(() => void network.forward({ ...parameters }, part.plain, { at: looks }));
    const added = Object.fromEntries(
      Array.from(shapes, ([name, shape]) => [name, tf.zeros(shape)]),
    );
    const held: Record<string, tf.Tensor> = {};
    const hooks = Object.fromEntries(
      Array.from(points.keys(), (name): [string, PointHook] => [
        name,
        (x) => {
          held[name] = tf.keep(tf.clone(x));
          return add(x, added[name] as tf.Tensor);
        },
      ]),
    );
    const { value, gradients } = valueAndGradients(added, () => ({
      loss: softmaxCrossEntropy(
        network.forward({ ...parameters }, part.plain, { at: hooks }),
        labels,
        { group },
      ).loss,
    }));
    for (const [name, point] of points) {
      const total = totals.get(name) as Float64Array;
      const axis = point.axes.indexOf(point.axes.includes("head") ? "head" : "neuron");
      const summed = tf.tidy(() => {
        const product = tf.mul(held[name] as tf.Tensor, gradients[name] as tf.Tensor);
        return tf.sum(
          product,
          point.axes.flatMap((_, i) => (i === axis ? [] : [i])),
        ); // [heads or neurons]
      });
      const weight = part.batch.size / examples.size;
      const values = await summed.data();
      for (let i = 0; i < total.length; i++) {
        total[i] = (total[i] as number) - (values[i] as number) * weight;
      }
      summed.dispose();
    }
    tf.dispose([labels, added, held, value, gradients] as unknown as tf.TensorContainer);
  }
  return components.map((component) => {
    const { point } = siteOf(network, component);
    const place = component.kind === "head" ? component.head : component.neuron;
    return { component, loss: (totals.get(point) as Float64Array)[place] as number };
  });
}

function placesOf({ axes, shape }: Point): number {
  return shape[axes.indexOf(axes.includes("head") ? "head" : "neuron")] as number;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
