import type { Parameters } from "@grok/models";
import {
  assemble,
  type Checkpoint,
  type Experiment,
  experimentAt,
  type RunFiles,
} from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { createInspector, type Inspector, type NetworkView } from "../network/inspector";
import type { SceneAfter } from "../network/scene";
import { sceneSteps } from "../network/scenes-of";
import type { EventEmitter } from "./event-emitter";
import { extensionsHere, kindsHere } from "./extensions";
import { messageOf } from "./message";
import { appendView, rewriteViews } from "./view-log";
import { Views } from "./views";

/** A question about the network's weights. */
export type Question<T> = (
  inspector: Inspector,
  parameters: Readonly<Parameters>,
  step: number,
) => Promise<T>;

/** A question that waits for the weights. */
interface Ask {
  answer: (parameters: Readonly<Parameters>, step: number) => Promise<void>;
  fail: (error: unknown) => void;
}

/** Looks into the network as training goes, keeps what it saw, and answers questions on the way. */
export class Observer {
  readonly #emitter: EventEmitter;
  readonly views = new Views();
  #experiment: Experiment | undefined;
  /** By the step after which each looks: where the examples change, another one does. */
  #inspectors: { after: number; inspector: Inspector }[] = [];
  /** The input that views look into. */
  #pair: { a: number; b: number } | null = null;
  /** Where views are kept while the run is open for writing, and those that wait for that. */
  #files: RunFiles | null = null;
  #unwritten: NetworkView[] = [];
  #asks: Ask[] = [];
  /** Whether the next evaluation is looked at, even if no time is left for it. */
  #isWanted = false;
  /** Whether the newest view was made in passing, and may lack what takes long. */
  #isGlance = false;

  constructor(emitter: EventEmitter) {
    this.#emitter = emitter;
  }

  /** Forgets one network, and looks into that of another experiment. */
  turnTo(experiment: Experiment): void {
    for (const { inspector } of this.#inspectors) inspector.dispose();
    this.#inspectors = [];
    this.views.clear();
    this.#unwritten = [];
    this.#experiment = experiment;
  }

  /** What panels must know besides views. */
  get scenes(): SceneAfter[] {
    return this.#allInspectors().map(({ after, inspector }) => ({ after, scene: inspector.scene }));
  }

  #allInspectors(): readonly { after: number; inspector: Inspector }[] {
    if (this.#inspectors.length === 0) {
      const experiment = this.#experiment as Experiment;
      this.#inspectors = sceneSteps(experiment).map((after) => {
        const inspector = createInspector(experimentAt(experiment, after + 1, extensionsHere()));
        inspector.select(this.#pair);
        return { after, inspector };
      });
    }
    return this.#inspectors;
  }

  #inspectorAt(step: number): Inspector {
    const all = this.#allInspectors();
    return (all.findLast(({ after }) => after < step) ?? (all[0] as (typeof all)[number]))
      .inspector;
  }

  /** The input that views look into from now on. */
  select(pair: { a: number; b: number }): void {
    this.#pair = pair;
    for (const { inspector } of this.#inspectors) inspector.select(pair);
  }

  /** Keeps views in a run's files from here on, with those that waited for them; null ends it. */
  async keepIn(files: RunFiles | null): Promise<void> {
    this.#files = files;
    if (files !== null) for (const view of this.#unwritten.splice(0)) await appendView(files, view);
  }

  /** At an evaluation: makes a view where it is due, and answers what was asked. */
  async evaluated(parameters: Readonly<Parameters>, step: number): Promise<void> {
    const isDue = this.#inspectorAt(step).isDue(step);
    await this.#look(parameters, step, isDue || this.#isWanted ? "glance" : null);
    this.#isWanted = false;
  }

  /** Looks at the next evaluation in any case: something has happened that people want to see. */
  wantNext(): void {
    this.#isWanted = true;
  }

  /** A view of where training stands, before it has begun. */
  async first(checkpoint: Checkpoint | null): Promise<void> {
    const step = stepOf(checkpoint);
    await this.#withWeights(checkpoint, async (parameters) => {
      await this.#keep(await this.#inspectorAt(step).snapshot(parameters, step));
      this.#isGlance = false;
    });
  }

  /** A view of where training stands now, between two evaluations. */
  async again(checkpoint: Checkpoint | null): Promise<void> {
    const step = stepOf(checkpoint);
    const isNew = this.views.last?.step !== step || this.#isGlance;
    if (!isNew && this.#asks.length === 0) return;
    const how = isNew ? "snapshot" : null;
    await this.#withWeights(checkpoint, (parameters) => this.#look(parameters, step, how));
  }

  /** Asks at the next evaluation. */
  askLater<T>(question: Question<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#asks.push({
        answer: async (parameters, step) =>
          resolve(await question(this.#inspectorAt(step), parameters, step)),
        fail: reject,
      });
    });
  }

  /** Asks of the weights at a checkpoint, or of those before the first step. */
  askOf<T>(checkpoint: Checkpoint | null, question: Question<T>): Promise<T> {
    return this.#withWeights(checkpoint, (parameters) =>
      question(this.#inspectorAt(stepOf(checkpoint)), parameters, stepOf(checkpoint)),
    );
  }

  /** Makes a view, if one is to be made, and answers what was asked; training continues if that fails. */
  async #look(
    parameters: Readonly<Parameters>,
    step: number,
    how: "glance" | "snapshot" | null,
  ): Promise<void> {
    try {
      if (how !== null) {
        const view = await this.#inspectorAt(step)[how](parameters, step);
        this.#isGlance = how === "glance";
        await this.#keep(view);
        this.#emitter.emit({ type: "view", view });
      }
    } catch (error) {
      this.#emitter.emit({
        type: "notice",
        text: `The panels could not be drawn: ${messageOf(error)}`,
      });
    }
    for (const { answer, fail } of this.#asks.splice(0)) await answer(parameters, step).catch(fail);
  }

  async #keep(view: NetworkView): Promise<void> {
    const isThinned = this.views.add(view);
    if (this.#files === null) this.#unwritten.push(view);
    else if (isThinned) await rewriteViews(this.#files, this.views);
    else await appendView(this.#files, view);
  }

  /** Calls with the weights at a checkpoint, or those before the first step. */
  async #withWeights<T>(
    checkpoint: Checkpoint | null,
    use: (parameters: Readonly<Parameters>) => Promise<T>,
  ): Promise<T> {
    const experiment = this.#experiment as Experiment;
    let parameters: Parameters = {};
    if (checkpoint === null) {
      parameters = assemble(experiment, kindsHere()).network.initialise(experiment.seed);
    } else {
      for (const [name, { shape, data }] of checkpoint.parameters) {
        parameters[name] = tf.keep(tf.tensor(data.slice(), [...shape], "float32"));
      }
    }
    try {
      return await use(parameters);
    } finally {
      tf.dispose(parameters);
    }
  }
}

function stepOf(checkpoint: Checkpoint | null): number {
  return checkpoint?.progress.step ?? 0;
}
