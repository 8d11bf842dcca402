import type { PointHook } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { partsOf } from "./parts";
import { type ResidualTransformer, residualTransformer } from "./residual";
import { passPart } from "./score";
import type { Subject } from "./subject";

/** What one part of a network adds to the logits of the right answers. */
export interface LogitContribution {
  /** `embedding`, `head:LAYER.HEAD`, `feedForward:LAYER`, and `bias` for all that no input changes. */
  readonly component: string;
  /** What it adds to the right answer's logit over the mean of all logits, averaged over answers. */
  readonly mean: number;
  /** The same of each answer, [size · answers], in the order of the examples. */
  readonly values: Float32Array;
}

/**
 * Direct logit attribution: the right answer's logit, over the mean of all logits, as a sum of what the
 * embedding, each head and each feed-forward add to the residual stream. A norm before the logits is
 * taken with the scale that it has in the whole pass, so that it is linear.
 *
 * @returns in the order of the pass; the values add up to the logits'
 * @throws RangeError for a network in whose residual stream not all parts add up: an MLP, a network of an
 *   extension, and transformers whose norms are behind the sums
 */
export async function logitAttribution(subject: Subject): Promise<LogitContribution[]> {
  const config = residualTransformer(subject.network);
  const points = pointsOf(config);
  const sums = new Map<string, Float32Array>();
  const { answerPositions, examples } = subject;
  const answers = answerPositions.length;
  for (const part of partsOf(subject)) {
    const found = tf.tidy(() => {
      const seen: Record<string, tf.Tensor> = {};
      const look =
        (name: string): PointHook =>
        (x) =>
          void (seen[name] = tf.keep(tf.clone(x)));
      const hooks = Object.fromEntries(points.map((name) => [name, look(name)]));
      tf.tidy(() => void passPart(subject, part, { at: () => hooks }));
      const contributions = contributionsOf(subject, config, seen, part.labels);
      tf.dispose(seen);
      return contributions;
    });
    for (const [component, tensor] of Object.entries(found)) {
      const values = (await tensor.data()) as Float32Array;
      const whole = sums.get(component) ?? new Float32Array(examples.size * answers);
      sums.set(component, whole);
      for (const [i, row] of part.rows.entries()) {
        whole.set(values.subarray(i * answers, (i + 1) * answers), row * answers);
      }
      tensor.dispose();
    }
  }
  return Array.from(sums, ([component, values]) => ({
    component,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    values,
  }));
}

/** Which points say what is added to the stream. */
function pointsOf({ layers, positions }: ResidualTransformer): string[] {
  return [
    "tokenEmbedding",
    ...(positions.kind === "rotary" ? [] : ["positionEmbedding"]),
    ...Array.from({ length: layers }, (_, layer) => [
      `layers.${layer}.attention.z`,
      `layers.${layer}.feedForward.out`,
    ]).flat(),
    `layers.${layers - 1}.residual.post`,
  ];
}

function contributionsOf(
  { parameters, answerPositions }: Subject,
  config: ResidualTransformer,
  seen: Record<string, tf.Tensor>,
  labels: Int32Array,
): Record<string, tf.Tensor> {
  const { layers, heads, tiedHead } = config;
  const named = (name: string) => parameters[name] as tf.Tensor;
  const token = at(seen, "tokenEmbedding"); // [size, length, dModel]
  const [size, length, dModel] = token.shape as [number, number, number];
  const rows = size * answerPositions.length;
  const right = tf.tensor1d(labels, "int32"); // [rows]
  const unembedding = tiedHead
    ? named("tokenEmbedding")
    : tf.transpose(named("unembedding.weight")); // [classes, dModel]
  // A logit over the mean of all logits: what is the same for all classes does not count.
  const toRight = tf.gather(tf.sub(unembedding, tf.mean(unembedding, 0, true)), right); // [rows, dModel]
  const positions = tf.tensor1d([...answerPositions], "int32");
  const atAnswers = (x: tf.Tensor) => tf.reshape(tf.gather(x, positions, 1), [rows, dModel]);
  const { through, bias } = finalNorm(
    config,
    parameters,
    atAnswers(at(seen, `layers.${layers - 1}.residual.post`)),
  );
  const toLogit = (x: tf.Tensor) => tf.sum(tf.mul(x, toRight), 1); // [rows]
  const share = (x: tf.Tensor) => toLogit(through(atAnswers(x))); // [rows]

  const found: Record<string, tf.Tensor> = {};
  const position = seen.positionEmbedding;
  found.embedding = share(position === undefined ? token : tf.add(token, position));
  const constants: tf.Tensor[] = bias === null ? [] : [toLogit(bias)];
  const constant = (x: tf.Tensor | undefined) => {
    if (x === undefined) return;
    constants.push(toLogit(through(tf.tile(tf.reshape(x, [1, dModel]), [rows, 1]))));
  };
  for (let layer = 0; layer < layers; layer++) {
    const z = at(seen, `layers.${layer}.attention.z`); // [size, length, heads, headWidth]
    const weight = named(`layers.${layer}.attention.output.weight`); // [heads · headWidth, dModel]
    const headWidth = z.shape[3] as number;
    for (let head = 0; head < heads; head++) {
      const own = tf.reshape(tf.slice(z, [0, 0, head, 0], [-1, -1, 1, -1]), [-1, headWidth]); // [size · length, headWidth]
      const given = tf.matMul(own, tf.slice(weight, [head * headWidth, 0], [headWidth, -1])); // [size · length, dModel]
      found[`head:${layer}.${head}`] = share(tf.reshape(given, [size, length, dModel]));
    }
    constant(parameters[`layers.${layer}.attention.output.bias`]);
    const out = at(seen, `layers.${layer}.feedForward.out`); // [size, length, dModel]
    const outBias = parameters[`layers.${layer}.feedForward.out.bias`];
    found[`feedForward:${layer}`] = share(outBias === undefined ? out : tf.sub(out, outBias));
    constant(outBias);
  }
  const headBias = parameters["unembedding.bias"];
  if (headBias !== undefined) {
    constants.push(tf.gather(tf.sub(headBias, tf.mean(headBias)), right));
  }
  if (constants.length > 0) found.bias = tf.addN(constants);
  const { outputScale = 1 } = config;
  return Object.fromEntries(
    Object.entries(found).map(([name, values]) => [name, tf.mul(values, outputScale)]),
  );
}

/** The norm before the logits as a linear map with the scales that it has for a stream. */
function finalNorm(
  { finalNorm: hasNorm, norm }: ResidualTransformer,
  parameters: Subject["parameters"],
  stream: tf.Tensor,
): { through: (x: tf.Tensor) => tf.Tensor; bias: tf.Tensor | null } {
  if (!hasNorm) return { through: (x) => x, bias: null };
  const centred = (x: tf.Tensor) => (norm.kind === "layer" ? tf.sub(x, tf.mean(x, 1, true)) : x);
  const size = tf.sqrt(tf.add(tf.mean(tf.square(centred(stream)), 1, true), norm.eps)); // [rows, 1]
  const gain = parameters["finalNorm.gain"] as tf.Tensor; // [dModel]
  return {
    through: (x) => tf.mul(tf.div(centred(x), size), gain),
    bias: parameters["finalNorm.bias"] ?? null,
  };
}

function at(seen: Record<string, tf.Tensor>, name: string): tf.Tensor {
  return seen[name] as tf.Tensor;
}
