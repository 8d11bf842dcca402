import type { Parameters } from "@grok/models";
import {
  assemble,
  type Checkpoint,
  type Experiment,
  experimentAt,
  type RunFiles,
} from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { createLooker, type Looker, type NetworkView } from "../network/look";
import type { SceneAfter } from "../network/scene";
import { sceneSteps } from "../network/scenes-of";
import { extensionsHere, kindsHere } from "./extensions";
import { messageOf } from "./message";
import type { Teller } from "./teller";
import { appendView, rewriteViews } from "./view-log";
import { Views } from "./views";

/** A question about the network's weights. */
export type Question<T> = (
  looker: Looker,
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
  readonly #teller: Teller;
  readonly views = new Views();
  #experiment: Experiment | undefined;
  /** By the step after which each looks: where the examples change, another one does. */
  #lookers: { after: number; looker: Looker }[] = [];
  /** The input that views look into. */
  #pair: { a: number; b: number } | null = null;
  /** Where views are kept while the run is open for writing, and those that wait for that. */
  #files: RunFiles | null = null;
  #unwritten: NetworkView[] = [];
  #asks: Ask[] = [];

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** Forgets one network, and looks into that of another experiment. */
  turnTo(experiment: Experiment): void {
    for (const { looker } of this.#lookers) looker.dispose();
    this.#lookers = [];
    this.views.clear();
    this.#unwritten = [];
    this.#experiment = experiment;
  }

  /** What panels must know besides views. */
  get scenes(): SceneAfter[] {
    return this.#allLookers().map(({ after, looker }) => ({ after, scene: looker.scene }));
  }

  #allLookers(): readonly { after: number; looker: Looker }[] {
    if (this.#lookers.length === 0) {
      const experiment = this.#experiment as Experiment;
      this.#lookers = sceneSteps(experiment).map((after) => {
        const looker = createLooker(experimentAt(experiment, after + 1, extensionsHere()));
        looker.select(this.#pair);
        return { after, looker };
      });
    }
    return this.#lookers;
  }

  #lookerAt(step: number): Looker {
    const all = this.#allLookers();
    return (all.findLast(({ after }) => after < step) ?? (all[0] as (typeof all)[number])).looker;
  }

  /** The input that views look into from now on. */
  select(pair: { a: number; b: number }): void {
    this.#pair = pair;
    for (const { looker } of this.#lookers) looker.select(pair);
  }

  /** Keeps views in a run's files from here on, with those that waited for them; null ends it. */
  async keepIn(files: RunFiles | null): Promise<void> {
    this.#files = files;
    if (files !== null) for (const view of this.#unwritten.splice(0)) await appendView(files, view);
  }

  /** At an evaluation: makes a view where it is due, and answers what was asked. */
  async evaluated(parameters: Readonly<Parameters>, step: number): Promise<void> {
    await this.#look(parameters, step, this.#lookerAt(step).isDue(step));
  }

  /** A view of where training stands, before it has begun. */
  async first(checkpoint: Checkpoint | null): Promise<void> {
    const step = stepOf(checkpoint);
    await this.#withWeights(checkpoint, async (parameters) => {
      await this.#keep(await this.#lookerAt(step).look(parameters, step));
    });
  }

  /** A view of where training stands now, between two evaluations. */
  async again(checkpoint: Checkpoint | null): Promise<void> {
    const step = stepOf(checkpoint);
    const isNew = this.views.last?.step !== step;
    if (!isNew && this.#asks.length === 0) return;
    await this.#withWeights(checkpoint, (parameters) => this.#look(parameters, step, isNew));
  }

  /** Asks at the next evaluation. */
  askLater<T>(question: Question<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#asks.push({
        answer: async (parameters, step) =>
          resolve(await question(this.#lookerAt(step), parameters, step)),
        fail: reject,
      });
    });
  }

  /** Asks of the weights at a checkpoint, or of those before the first step. */
  askOf<T>(checkpoint: Checkpoint | null, question: Question<T>): Promise<T> {
    return this.#withWeights(checkpoint, (parameters) =>
      question(this.#lookerAt(stepOf(checkpoint)), parameters, stepOf(checkpoint)),
    );
  }

  /** Makes a view and answers what was asked; training goes on where that fails. */
  async #look(parameters: Readonly<Parameters>, step: number, isDue: boolean): Promise<void> {
    try {
      if (isDue) {
        const view = await this.#lookerAt(step).look(parameters, step);
        await this.#keep(view);
        this.#teller.tell({ type: "view", view });
      }
    } catch (error) {
      this.#teller.tell({
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
