import type { Dataset } from "@grok/data";
import {
  computeMeasures,
  type Matrix,
  type Measure,
  operandEmbeddings,
  readMatrix,
  Snapshot,
  weightNorm,
} from "@grok/metrics";
import type { Parameters } from "@grok/models";
import { assemble, type Experiment } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { kindsHere } from "../worker/extensions";
import type { Ablator } from "./ablator";
import { answersView } from "./answers";
import { attentionView, batchOf, meanAttention, someRows } from "./attention";
import { embeddingView, symbolRows } from "./embedding";
import { type PhasesView, phasesView } from "./phases";
import type { NetworkScene } from "./scene";
import { panelMeasures, sceneOf } from "./scene-of";
import { TimeBudget } from "./time-budget";
import type { NetworkView, PairLook } from "./view";
import { wavesView } from "./waves";

export type { NetworkScene } from "./scene";
export type { NetworkView, PairLook } from "./view";

/** Looks into a network in the worker, on tfjs's current backend. */
export interface Inspector {
  /** What is the same at every step; sent to the page once. */
  readonly scene: NetworkScene;
  /**
   * Whether to glance at this evaluation. At the first and the last it is, if nobody has looked at
   * that step; between them as often as keeps looking within its share of the time.
   */
  isDue(step: number): boolean;
  /**
   * Reads what the panels show while training waits for it: without the dearer measures if their
   * share of the time is spent. It neither keeps nor disposes of the parameters.
   *
   * @throws RangeError if weights or logits are not finite
   */
  glance(parameters: Readonly<Parameters>, step: number): Promise<NetworkView>;
  /** Reads all that the panels show, while training rests: it counts for no share of the time. */
  snapshot(parameters: Readonly<Parameters>, step: number): Promise<NetworkView>;
  /** The input that views look into besides, or none. */
  select(pair: { readonly a: number; readonly b: number } | null): void;
  /**
   * The logits and the attention of one input.
   *
   * @throws RangeError if the experiment has no table or the pair is not in it
   */
  at(
    parameters: Readonly<Parameters>,
    pair: { readonly step: number; readonly a: number; readonly b: number },
  ): Promise<PairLook>;
  /**
   * The columns of measures, also of those that views leave out for their cost.
   *
   * @throws RangeError for a name that the scene does not list
   */
  measure(
    parameters: Readonly<Parameters>,
    names: readonly string[],
  ): Promise<Record<string, number | null>>;
  /** The phases of its hidden neurons; null if they are not those of an adding network. */
  phases(parameters: Readonly<Parameters>, step: number): Promise<PhasesView | null>;
  /**
   * What takes parts out of the network; its code is loaded when it is first asked for.
   *
   * @throws RangeError if nothing can be taken out of it
   */
  ablator(): Promise<Ablator>;
  /** Frees what it keeps between looks. */
  dispose(): void;
}

/** What looking may take of all time: of views, and of the dearer measures in them. */
const viewShare = 0.045;
const measureShare = 0.02;

/** Milliseconds of each that may be spent at the beginning besides, when most happens at once. */
const viewStart = 1200;
const measureStart = 400;

/** The measures that take more than what a view needs anyway. */
const dearer: ReadonlySet<string> = new Set([
  "gini",
  "circularity",
  "effective-rank",
  "participation-ratio",
  "rqi",
]);

/** A looker for an experiment's network, with what does not depend on its weights made ready. */
export function createInspector(
  experiment: Experiment,
  now: () => number = () => performance.now(),
): Inspector {
  const chosen = panelMeasures(experiment);
  const scene = sceneOf(experiment, chosen);
  const assembly = assemble(experiment, kindsHere());
  const { network } = assembly;
  const lastStep = experiment.training.steps;
  const measures = (chosen?.measures ?? []).filter(({ name }) =>
    scene.measures.some((measure) => measure.name === name),
  );
  const inViews = measures.filter(({ cost }) => cost !== "expensive");
  const cheap = inViews.filter(({ name }) => !dearer.has(name));
  const dear = inViews.filter(({ name }) => dearer.has(name));
  const dataset = examplesOf(experiment);
  const sample =
    scene.attention === null
      ? null
      : batchOf(dataset, someRows(dataset, scene.attention.inputs, experiment.seed));
  const viewPace = new TimeBudget(viewShare, viewStart);
  const measurePace = new TimeBudget(measureShare, measureStart);
  let before: NetworkView | null = null;
  /** Milliseconds that the last look took, and the last one with the dearer measures took for them. */
  const lastCost = { view: 0, measures: 0 };
  let ablator: Ablator | null = null;
  let selected: { readonly a: number; readonly b: number } | null = null;

  const snapshotOf = (parameters: Readonly<Parameters>) =>
    chosen === null ? null : new Snapshot(chosen.context, parameters);

  async function look(
    parameters: Readonly<Parameters>,
    step: number,
    doesTrainingWait: boolean,
  ): Promise<NetworkView> {
    const began = now();
    const snapshot = snapshotOf(parameters);
    const rows = await rowsOf(snapshot, parameters);
    const embedding = rows && embeddingView(rows, before?.embedding);
    const { table, group, attention } = scene;
    const answers =
      snapshot !== null && table !== null
        ? answersView(await snapshot.logits(), snapshot.context.examples.pairs, table)
        : null;
    const waves =
      snapshot !== null && group !== null
        ? wavesView(
            await operandEmbeddings(snapshot),
            group,
            table && (await snapshot.sumSpectrum()).power,
            before?.waves,
          )
        : null;
    const values =
      snapshot === null
        ? { weight_norm: await weightNorm(parameters) }
        : await computeMeasures(cheap, snapshot);
    const pattern =
      sample === null || attention === null
        ? null
        : attentionView(await meanAttention(network, parameters, sample, attention));
    const pair = isAsked(scene, selected) ? await at(parameters, { step, ...selected }) : null;
    const middle = now();
    const isWhole = !doesTrainingWait || step === lastStep || measurePace.isDue(middle);
    if (snapshot !== null && isWhole) Object.assign(values, await computeMeasures(dear, snapshot));
    lastCost.view = middle - began;
    if (isWhole) lastCost.measures = now() - middle;
    if (doesTrainingWait) {
      viewPace.spend(lastCost.view);
      if (isWhole) measurePace.spend(lastCost.measures);
    }
    const milliseconds = now() - began;
    before = {
      step,
      milliseconds,
      answers,
      embedding,
      waves,
      attention: pattern,
      pair,
      measures: values,
    };
    return before;
  }

  /** The embedding's rows, or null if there is no picture to make of them. */
  async function rowsOf(
    snapshot: Snapshot | null,
    parameters: Readonly<Parameters>,
  ): Promise<Matrix | null> {
    if (scene.missing.embedding !== undefined) return null;
    if (snapshot !== null) return symbolRows(snapshot, scene.symbols.length);
    return readMatrix(parameters["tokenEmbedding"] as tf.Tensor);
  }

  async function at(
    parameters: Readonly<Parameters>,
    { step, a, b }: { readonly step: number; readonly a: number; readonly b: number },
  ): Promise<PairLook> {
    const batch = batchOf(dataset, Int32Array.of(rowOf(scene, a, b)));
    const answer = { ...batch, answerPositions: batch.answerPositions.slice(0, 1) };
    const tensor = tf.tidy(() => network.forward(parameters, network.plan(answer))); // [1, classes]
    const logits = Float32Array.from(await tensor.data());
    tensor.dispose();
    const attention =
      scene.attention === null
        ? null
        : await meanAttention(network, parameters, batch, scene.attention);
    return { step, a, b, logits, attention };
  }

  return {
    scene,
    isDue(step) {
      const isPaidFor = viewPace.isDue(now());
      if (before?.step !== step) return isPaidFor || step === lastStep;
      // As if it were looked at now: the next look is as far away.
      if (isPaidFor) viewPace.spend(lastCost.view);
      if (measurePace.isDue(now())) measurePace.spend(lastCost.measures);
      return false;
    },
    glance: (parameters, step) => look(parameters, step, true),
    snapshot: (parameters, step) => look(parameters, step, false),
    at,
    select: (pair) => {
      selected = pair;
    },
    measure: async (parameters, names) => {
      const asked = names.map((name) => measureNamed(measures, name));
      const snapshot = snapshotOf(parameters);
      return snapshot === null ? {} : computeMeasures(asked, snapshot);
    },
    async phases(parameters, step) {
      const snapshot = snapshotOf(parameters);
      return snapshot === null ? null : phasesView(snapshot, step);
    },
    async ablator() {
      if (scene.ablation === null || scene.table === null || chosen === null) {
        throw new RangeError("nothing can be taken out of this network");
      }
      const { Ablator: Taker } = await import("./ablator");
      ablator ??= new Taker(assembly, scene.table, chosen.context.examples.pairs);
      return ablator;
    },
    dispose() {
      before = null;
    },
  };
}

/** The examples that inputs are taken from. */
function examplesOf(experiment: Experiment): Dataset {
  const task = assemble(experiment, kindsHere()).task;
  if (task.kind === "finite") return task.dataset();
  // A batch that training does not come to.
  return { ...task, ...task.stream(experiment.seed, experiment.training.steps, 256) };
}

/** Whether a pair is in the experiment's table. */
function isAsked<P extends { readonly a: number; readonly b: number }>(
  { table }: Pick<NetworkScene, "table">,
  pair: P | null,
): pair is P {
  if (table === null || pair === null || !(pair.a < table.size && pair.b < table.size))
    return false;
  return (table.answers[pair.a * table.size + pair.b] ?? -1) >= 0;
}

/** Which example a pair is: they come a by a, and within it b by b. */
function rowOf({ table }: NetworkScene, a: number, b: number): number {
  if (table === null || !isAsked({ table }, { a, b })) {
    throw new RangeError(`there is no pair (${a}, ${b}) in this experiment's table`);
  }
  // Pairs without an answer are no examples.
  return table.answers
    .subarray(0, a * table.size + b)
    .reduce((count, answer) => count + (answer < 0 ? 0 : 1), 0);
}

function measureNamed(measures: readonly Measure[], name: string): Measure {
  const found = measures.find((measure) => measure.name === name);
  if (found === undefined) {
    const names = measures.map((measure) => measure.name).join(", ");
    throw new RangeError(`there is no measure ${name} here: allowed are ${names}`);
  }
  return found;
}
