import type { LossPrecision } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { keyFrequencies } from "../fourier/key-frequencies";
import { checkMatrix, type Matrix, readMatrix } from "../matrix/matrix";
import { type CyclicGroup, cyclicGroup } from "../progress/cyclic-group";
import { type PairLogits, pairLogits, pairsAmong } from "../progress/pair-logits";
import { type SumSpectrum, sumSpectrum } from "../progress/sum-spectrum";
import type { Anatomy } from "./anatomy";

/** Parameters by name, as @grok/models names them. */
export type NamedParameters = Readonly<Record<string, tf.Tensor>>;

/** Everything that measures may ask of a run, apart from the weights. */
export interface RunContext {
  /** Where things are in the network; `anatomy` of a network of @grok/models. */
  anatomy: Anatomy;
  task: {
    /** A name of @grok/data, e.g. `"+"`. */
    operation: string;
    /** The modulus, or null if the elements are not residues (S5). */
    p: number | null;
    /** How many elements there are; default p, and none where that is null. */
    elements?: number;
    /** The token of element 0 in the embedding; default 0. */
    firstToken?: number;
    /** The class of element 0; default 0. */
    firstClass?: number;
  };
  /** All examples of the task, `dataset()` of @grok/data with the labels where the answer is read. */
  examples: {
    /** a and b of each, as elements, [size · 2]. */
    pairs: Int32Array;
    /** The class of each answer, [size]; any if answers are values. */
    labels: Int32Array;
    /** The answers if they are values, [size · values]; default none. */
    targets?: Float32Array;
  };
  /** Whether answers are real numbers, so that there are no labels; default false. */
  areValues?: boolean;
  /** The examples trained on, as rows of `examples`. */
  train: Int32Array;
  /** Logits of some examples where the answer is read, [rows, classes], by operations with gradients. */
  forward: (parameters: Record<string, tf.Tensor>, rows: Int32Array) => tf.Tensor;
  /**
   * The last hidden activations of some examples where the answer is read, [rows, neurons]; an MLP on
   * two operands does without.
   */
  hidden?: (parameters: Record<string, tf.Tensor>, rows: Int32Array) => tf.Tensor;
  /** The loss trained on; default `"softmax"`, the one that measures of gradients know. */
  loss?: string;
  /** The precision of that loss; default `"float32"`. */
  lossPrecision?: LossPrecision;
  /** Decides what is drawn at random, alike at every step. */
  seed: number;
  /** To look back on a run: the key frequencies of its end. By default those of the moment. */
  keyFrequencies?: readonly number[];
}

/** Rows per pass: enough for speed, few enough for any memory. */
const maxRows = 4096;

/**
 * What of a run's facts every snapshot needs: the same arrays each time, by which a run may remember
 * how it plans them.
 */
interface RowSets {
  /** All examples, some at a time. */
  parts: Int32Array[];
  /** The examples not trained on, or all where all are. */
  validation: Int32Array;
}

const rowSets = new WeakMap<RunContext["examples"], WeakMap<Int32Array, RowSets>>();

function rowSetsOf({ examples, train }: RunContext): RowSets {
  const byTrain = rowSets.get(examples) ?? new WeakMap<Int32Array, RowSets>();
  rowSets.set(examples, byTrain);
  let sets = byTrain.get(train);
  if (sets === undefined) {
    const { length } = examples.labels;
    const trained = new Set(train);
    const all = Int32Array.from({ length }, (_, row) => row);
    const rest = all.filter((row) => !trained.has(row));
    const parts = Array.from({ length: Math.ceil(length / maxRows) }, (_, part) =>
      all.slice(part * maxRows, (part + 1) * maxRows),
    );
    sets = { parts, validation: rest.length > 0 ? rest : all };
    byTrain.set(train, sets);
  }
  return sets;
}

/**
 * A network at one moment of a run. What several measures need, such as the logits of all examples,
 * is computed when first asked for and then kept.
 *
 * @example
 * const snapshot = new Snapshot(facts, parameters);
 * await computeMeasures(selectMeasures(["progress"], facts).measures, snapshot);
 */
export class Snapshot {
  readonly context: RunContext;
  readonly parameters: Record<string, tf.Tensor>;
  readonly #kept = new Map<string, Promise<unknown>>();

  /** @param parameters only read, and not after the measures are computed */
  constructor(context: RunContext, parameters: NamedParameters) {
    this.context = context;
    this.parameters = { ...parameters };
  }

  /** The group in which the task is addition, or null. */
  get group(): CyclicGroup | null {
    const { operation, p } = this.context.task;
    return p === null ? null : cyclicGroup(operation, p);
  }

  /** The examples not trained on, or all where all are; the same array at every step. */
  get validation(): Int32Array {
    return rowSetsOf(this.context).validation;
  }

  /**
   * A parameter as a matrix.
   *
   * @throws RangeError if there is none of that name
   */
  parameter(name: string): Promise<Matrix> {
    return this.#once(`parameter ${name}`, async () => {
      const tensor = this.parameters[name];
      if (tensor === undefined) {
        throw new RangeError(
          `there is no parameter ${name}: there are ${Object.keys(this.parameters).join(", ")}`,
        );
      }
      const [columns = 1] = tensor.shape.slice(-1);
      const values = Float32Array.from(await tensor.data());
      const matrix = { values, rows: values.length / columns, columns };
      checkMatrix(matrix, `the parameter ${name}`);
      return matrix;
    });
  }

  /** The logits of all examples, [examples, classes]. */
  logits(): Promise<Matrix> {
    return this.#once("logits", () => this.#inParts(this.context.forward));
  }

  /** The logits in the group's order; rejects where the task is no cyclic group's. */
  pairLogits(): Promise<PairLogits> {
    return this.#once("pair logits", async () => {
      const { group, context } = this;
      if (group === null) throw new RangeError(`${context.task.operation} is no cyclic group's`);
      const { pairs } = context.examples;
      const { firstClass = 0 } = context.task;
      return pairLogits({ logits: await this.logits(), pairs, firstClass }, group);
    });
  }

  /** The trained pairs among {@link pairLogits}. */
  async trainPairs(): Promise<Int32Array> {
    return pairsAmong(await this.pairLogits(), this.context.train);
  }

  /** The spectrum of the logits along sums, of {@link pairLogits}. */
  sumSpectrum(): Promise<SumSpectrum> {
    return this.#once("sum spectrum", async () => sumSpectrum(await this.pairLogits()));
  }

  /** The key frequencies to judge by. */
  async keyFrequencies(): Promise<readonly number[]> {
    return this.context.keyFrequencies ?? keyFrequencies((await this.sumSpectrum()).power);
  }

  /** Runs a network on all examples, some at a time. */
  async #inParts(run: RunContext["forward"]): Promise<Matrix> {
    const { length } = this.context.examples.labels;
    const parts: Matrix[] = [];
    for (const rows of rowSetsOf(this.context).parts) {
      const tensor = tf.tidy(() => run(this.parameters, rows));
      parts.push(await readMatrix(tensor));
      tensor.dispose();
    }
    const { columns } = parts[0] as Matrix;
    const values = new Float32Array(length * columns);
    let to = 0;
    for (const part of parts) {
      values.set(part.values, to);
      to += part.values.length;
    }
    return { values, rows: length, columns };
  }

  #once<T>(name: string, compute: () => T | Promise<T>): Promise<T> {
    let kept = this.#kept.get(name) as Promise<T> | undefined;
    if (kept === undefined) {
      kept = Promise.resolve().then(compute);
      this.#kept.set(name, kept);
    }
    return kept;
  }
}
