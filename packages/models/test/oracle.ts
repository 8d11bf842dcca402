import { adamUpdate, softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import {
  architectures,
  forward,
  type ModelConfig,
  type Parameters,
  type PointHook,
  parameterCount,
  parameterShapes,
  points,
  type Shortcuts,
} from "../src/index";
import { difference, Worst } from "./difference";
import {
  type Fixture,
  initialWeights,
  samplePlaces,
  sampleValues,
  type TensorRecord,
} from "./fixture";

/** The largest differences from PyTorch, each over the largest size in its tensor. */
export interface OracleDifferences {
  logits: number;
  /** Of all steps made. */
  losses: number;
  gradients: Pick<Worst, "value" | "name">;
  /** After the last of them. */
  weights: Pick<Worst, "value" | "name">;
  /** What PyTorch's own float32 run differs by. */
  torch: Fixture["float32"];
}

/** What is done with a fixture. */
export interface OracleOptions {
  /** How many steps of AdamW are made: one of those after which the fixture has the weights; default 10. */
  steps?: number;
  shortcuts?: Partial<Shortcuts>;
}

/**
 * Trains a fixture's network on the current tfjs backend and compares it with what PyTorch computed
 * in float64. Leaves no tensors.
 *
 * Used by the tests of this package and, for other backends and in pages, by those of others.
 *
 * @throws Error if the fixture is of another network than ours of that name
 */
export async function compareWithOracle(
  fixture: Fixture,
  { steps = 10, shortcuts }: OracleOptions = {},
): Promise<OracleDifferences> {
  const config = configOf(fixture);
  const result = {
    logits: 0,
    losses: 0,
    gradients: new Worst(),
    weights: new Worst(),
    torch: fixture.float32,
  };
  const losses: number[] = [];
  let parameters = initialParameters(fixture);
  let moments: Moments = Object.fromEntries(
    fixture.parameters.map(({ name: key, shape }) => [
      key,
      { m: tf.zeros(shape), v: tf.zeros(shape) },
    ]),
  );
  for (let step = 0; step < steps; step++) {
    const tokens = Int32Array.from(fixture.tokens[step] as number[]);
    const labels = tf.tensor1d(fixture.labels[step] as number[], "int32"); // [answers]
    const { value, gradients } = valueAndGradients(parameters, () => {
      const logits = forward(config, parameters, { ...fixture.batch, tokens }, { shortcuts }); // [answers, classes]
      return { loss: softmaxCrossEntropy(logits, labels).loss, logits };
    });
    losses.push((await value.loss.data())[0] as number);
    if (step === 0) {
      result.logits = await recordDifference(value.logits, fixture.logits);
      await compareGradients(fixture, gradients, result.gradients);
    }
    ({ parameters, moments } = adamW(fixture, step + 1, parameters, moments, gradients));
    tf.dispose([labels, value, gradients] as unknown as tf.TensorContainer);
  }
  result.losses = difference(losses, fixture.losses.slice(0, steps));
  for (const { name: key, after } of fixture.parameters) {
    const stored = after[`${steps}`];
    if (stored === undefined) throw new Error(`no weights are stored after ${steps} steps`);
    result.weights.add(key, await recordDifference(parameters[key] as tf.Tensor, stored));
  }
  tf.dispose([parameters, moments]);
  return result;
}

/**
 * Compares what every named point of a fixture's network holds for its first batch, on the current
 * tfjs backend, with what PyTorch computed. Leaves no tensors.
 *
 * @throws Error if the fixture has other points than the network, or their axes other sizes
 */
export async function comparePoints(fixture: Fixture): Promise<Worst> {
  const config = configOf(fixture);
  const parameters = initialParameters(fixture);
  const tokens = Int32Array.from(fixture.tokens[0] as number[]);
  const listed = points(config);
  const seen = new Map<string, tf.Tensor>();
  const look =
    (name: string): PointHook =>
    (x) =>
      void seen.set(name, tf.keep(tf.clone(x)));
  const at = Object.fromEntries(listed.map(({ name }) => [name, look(name)]));
  forward(config, parameters, { tokens, ...fixture.batch }, { at }).dispose();
  const { size, length, answerPositions } = fixture.batch;
  const sizes = {
    example: size,
    position: length,
    query: length,
    key: length,
    answer: answerPositions.length,
  };
  const worst = new Worst();
  const stored = new Map(fixture.points?.map((point) => [point.name, point]));
  for (const { name, axes, shape } of listed) {
    const tensor = seen.get(name);
    const declared = axes.map((axis, i) => shape[i] ?? sizes[axis as keyof typeof sizes]);
    if (tensor?.shape.join() !== declared.join()) {
      throw new Error(`${name} is [${tensor?.shape}], declared as [${declared}]`);
    }
    const record = stored.get(name) ?? (name === "logits" ? fixture.logits : undefined);
    if (record === undefined) throw new Error(`PyTorch has no ${name}`);
    worst.add(name, await recordDifference(tensor, record));
    stored.delete(name);
  }
  if (stored.size > 0) throw new Error(`only PyTorch has ${[...stored.keys()]}`);
  tf.dispose([parameters, ...seen.values()]);
  return worst;
}

type Moments = Record<string, { m: tf.Tensor; v: tf.Tensor }>;

function initialParameters(fixture: Fixture): Parameters {
  return Object.fromEntries(
    fixture.parameters.map((parameter, index) => [
      parameter.name,
      tf.tensor(initialWeights(index, parameter), parameter.shape),
    ]),
  );
}

function configOf(fixture: Fixture): ModelConfig {
  const make = architectures[fixture.architecture] as (
    p: undefined,
    overrides: object,
  ) => ModelConfig;
  const config = make(undefined, fixture.overrides);
  const theirs = Object.fromEntries(fixture.parameters.map(({ name, shape }) => [name, shape]));
  const ours = parameterShapes(config);
  const same = Object.keys(ours).every((name) => `${ours[name]}` === `${theirs[name]}`);
  if (!same || parameterCount(config) !== fixture.parameterCount) {
    throw new Error(`PyTorch's ${fixture.architecture} has other parameters than ours`);
  }
  return config;
}

async function compareGradients(
  { parameters }: Fixture,
  gradients: Record<string, tf.Tensor>,
  worst: Worst,
): Promise<void> {
  const largest = Math.max(...parameters.map(({ gradient }) => gradient.largest));
  for (const { name, gradient } of parameters) {
    // Where a gradient is zero, as that of a key's bias, float64 leaves some 1e-17 of it.
    const scale = gradient.largest < 1e-12 ? largest : gradient.largest;
    worst.add(name, await recordDifference(gradients[name] as tf.Tensor, gradient, scale));
  }
}

/** The worst of the samples, the norm and the sum, each relative to what its size can be. */
async function recordDifference(
  tensor: tf.Tensor,
  record: TensorRecord,
  scale = record.largest,
): Promise<number> {
  const values = await tensor.data();
  const samples = samplePlaces(values.length).map((place) => values[place] as number);
  let squares = 0;
  let sum = 0;
  for (const value of values) {
    squares += value * value;
    sum += value;
  }
  const root = Math.sqrt(values.length);
  return Math.max(
    difference(samples, sampleValues(record), scale),
    difference([Math.sqrt(squares)], [record.norm], scale * root),
    difference([sum], [record.sum], scale * values.length),
  );
}

function adamW(
  { optimizer: { learningRate, beta1, beta2, epsilon, weightDecay } }: Fixture,
  step: number,
  parameters: Parameters,
  moments: Moments,
  gradients: Record<string, tf.Tensor>,
): { parameters: Parameters; moments: Moments } {
  const names = Object.keys(parameters);
  const slots = names.map((name) => ({
    parameter: parameters[name] as tf.Tensor,
    gradient: gradients[name] as tf.Tensor,
    ...(moments[name] as Moments[string]),
  }));
  const updated = adamUpdate(slots, {
    learningRate,
    beta1,
    beta2,
    eps: epsilon,
    weightDecay,
    correction1: 1 - beta1 ** step,
    correction2: 1 - beta2 ** step,
  });
  return {
    parameters: Object.fromEntries(
      updated.map(({ parameter }, i) => [names[i] as string, parameter]),
    ),
    moments: Object.fromEntries(updated.map(({ m, v }, i) => [names[i] as string, { m, v }])),
  };
}
