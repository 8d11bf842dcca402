import { randomStream } from "@grok/data";
import type { PointHook, PointHooks } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { type Component, componentText, siteOf } from "./component";
import { type FrequencyCut, withoutFrequencies } from "./frequency";
import { meansAt } from "./means";
import type { Part } from "./parts";
import { type PassChange, type SubjectScore, scoreSubject } from "./score";
import { blend, checkSite, maskOf, type Site } from "./site";
import type { Subject } from "./subject";

/** What takes the place of what is taken out. */
export const ablationModes = ["zero", "mean", "resample"] as const;

/**
 * `zero`: nothing. `mean`: the mean over all examples, at each position. `resample`: what another
 * example of the same set, drawn at random, has there.
 */
export type AblationMode = (typeof ablationModes)[number];

/** Settings of {@link ablate}. */
export interface AblateOptions {
  /** Default `zero`. */
  mode?: AblationMode;
  /** Which examples are drawn for `resample`; default 0. */
  seed?: number;
  /** The only frequencies, besides the constant, that the embedding keeps; default all. */
  keepFrequencies?: readonly number[];
}

/**
 * How a network answers without some of its parts.
 *
 * @throws RangeError for a part that the network does not have, for frequencies of a task without any,
 *   and for a direction or a frequency in another mode than `zero`
 *
 * @example
 * const { val_acc } = await ablate(subject, [{ kind: "head", layer: 0, head: 2 }]);
 */
export async function ablate(
  subject: Subject,
  components: readonly Component[],
  options: AblateOptions = {},
): Promise<SubjectScore> {
  const { change, dispose } = await ablation(subject, components, options);
  try {
    return await scoreSubject(subject, change);
  } finally {
    dispose();
  }
}

/** A pass without some parts of a network. */
export interface Ablation {
  /** What is different in the pass. */
  readonly change: PassChange;
  /** Frees the tensors that it needs. */
  readonly dispose: () => void;
}

/** What {@link ablate} changes in a pass, for other uses of it. */
export async function ablation(
  subject: Subject,
  components: readonly Component[],
  { mode = "zero", seed = 0, keepFrequencies }: AblateOptions = {},
): Promise<Ablation> {
  if (!ablationModes.includes(mode)) {
    throw new RangeError(
      `mode is ${JSON.stringify(mode)}: allowed are ${ablationModes.join(", ")}`,
    );
  }
  const odd = components.find(({ kind }) => kind === "frequency" || kind === "direction");
  if (mode !== "zero" && (odd !== undefined || keepFrequencies !== undefined)) {
    const what = odd === undefined ? "a frequency" : `${componentText(odd)}`;
    throw new RangeError(`${what} can only be taken out (mode zero), not replaced by ${mode}`);
  }
  const made: tf.Tensor[] = [];
  const parameters = await cutOf(subject, components, keepFrequencies, made);
  const sites = sitesOf(subject, components);
  const lines = directionsOf(subject, components);
  const means = mode === "mean" ? await meansAt(subject, [...sites.keys()]) : new Map();
  made.push(...means.values());
  const hooksOf = (part: Part): PointHooks => {
    const hooks: Record<string, PointHook> = {};
    for (const [point, ofPoint] of sites) {
      hooks[point] = (x) => {
        const mask = maskOf(checkSite(subject.network, { point }), ofPoint, x.shape);
        if (mode === "zero") return blend(x, mask, 0);
        return blend(x, mask, mode === "mean" ? means.get(point) : resampled(x, part, seed));
      };
    }
    for (const [point, directions] of lines) {
      const before = hooks[point];
      hooks[point] = (x) => projectedOut((before?.(x) as tf.Tensor | undefined) ?? x, directions);
    }
    return hooks;
  };
  const at = sites.size + lines.size > 0 ? hooksOf : undefined;
  return {
    change: { parameters, at, sharedRows: mode === "zero" && at !== undefined },
    dispose: () => tf.dispose(made),
  };
}

async function cutOf(
  subject: Subject,
  components: readonly Component[],
  keepFrequencies: readonly number[] | undefined,
  made: tf.Tensor[],
): Promise<Subject["parameters"]> {
  const lost = components.flatMap((each) => (each.kind === "frequency" ? [each.frequency] : []));
  const cuts: FrequencyCut[] = [
    ...(keepFrequencies === undefined ? [] : [{ frequencies: keepFrequencies, keep: true }]),
    ...(lost.length === 0 ? [] : [{ frequencies: [...new Set(lost)] }]),
  ];
  let { parameters } = subject;
  for (const cut of cuts) {
    const next = await withoutFrequencies({ ...subject, parameters }, cut);
    for (const [name, tensor] of Object.entries(next)) {
      if (tensor !== parameters[name]) made.push(tensor);
    }
    parameters = next;
  }
  return parameters;
}

/** The sites of heads and neurons, by their points. */
function sitesOf({ network }: Subject, components: readonly Component[]): Map<string, Site[]> {
  const sites = new Map<string, Site[]>();
  for (const component of components) {
    if (component.kind !== "head" && component.kind !== "neuron") continue;
    const site = siteOf(network, component);
    sites.set(site.point, [...(sites.get(site.point) ?? []), site]);
  }
  return sites;
}

/** Orthonormal directions by their points, each of the length of the point's last axis. */
function directionsOf(
  { network }: Subject,
  components: readonly Component[],
): Map<string, number[][]> {
  const found = new Map<string, number[][]>();
  for (const component of components) {
    if (component.kind !== "direction") continue;
    const { point, direction } = component;
    const size = checkSite(network, { point }).shape.at(-1) ?? direction.length;
    const others = found.get(point) ?? [];
    // What is left of it beside the others, so that each is taken out once.
    const rest = others.reduce(
      (own, other) => {
        const along = own.reduce((sum, value, i) => sum + value * (other[i] as number), 0);
        return own.map((value, i) => value - along * (other[i] as number));
      },
      [...direction],
    );
    const norm = Math.hypot(...rest);
    if (direction.length !== size || !(norm > 1e-6 * Math.hypot(...direction))) {
      throw new RangeError(
        `a direction at ${point} is ${size} finite numbers, not all 0 and not made of those before it`,
      );
    }
    found.set(point, [...others, rest.map((value) => value / norm)]);
  }
  return found;
}

function projectedOut(x: tf.Tensor, directions: readonly number[][]): tf.Tensor {
  const size = x.shape.at(-1) as number;
  const rows = tf.reshape(x, [x.size / size, size]); // [rows, features]
  const lines = tf.tensor2d(directions as number[][]); // [directions, features]
  const along = tf.matMul(tf.matMul(rows, lines, false, true), lines); // [rows, features]
  return tf.reshape(tf.sub(rows, along), x.shape);
}

/** What other examples of the part have, in an order drawn once for each part. */
function resampled(x: tf.Tensor, part: Part, seed: number): tf.Tensor {
  const random = randomStream(seed, "ablation", part.rows[0] ?? 0);
  const order = random.permutation(part.batch.size);
  return tf.gather(x, tf.tensor1d(order, "int32"));
}
