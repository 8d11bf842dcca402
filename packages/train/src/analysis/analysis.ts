import { componentsOf, type Subject } from "@grok/inspect";
import {
  cyclicGroup,
  type Measure,
  type RunContext,
  Snapshot,
  unknownAnatomy,
} from "@grok/metrics";
import type { Parameters } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { changesBefore } from "../change/experiment-under";
import { type Stretch, stretchUnder } from "../change/stretch";
import { type Assembly, assemble } from "../experiment/assembly";
import { ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { measuresFor } from "../experiment/metrics";
import { runContext } from "../experiment/run-context";
import { subjectOf } from "../experiment/subject";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { registerGradientsFor } from "../loop/stock-gradients";
import { type Checkpoint, checkCheckpoint } from "../run/checkpoint";
import { fingerprint } from "../run/fingerprint";
import { ablationOf } from "./ablation";
import type { CheckpointAnalysis } from "./record";
import { spectraOf } from "./spectra";
import { usualMeasures } from "./usual-measures";

/** The name under which a record remembers that it has its lists. */
const spectra = "spectra";

/** What an analysis computes besides measures: the network without each of its heads and frequencies. */
export const ablationName = "ablation";

/** What depends on the key frequencies that it is judged by. */
const judged = new Set(["fourier-losses", "snr", ablationName]);

/** What a run's checkpoints are analysed for. */
export class Analysis {
  readonly experiment: Experiment;
  /** All that the experiment is made of. */
  readonly assembly: Assembly;
  readonly measures: readonly Measure[];
  /** Those asked for that the run cannot have, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** What measures may ask of the run; null if its examples never end. */
  readonly context: RunContext | null;
  /** Whether heads and frequencies are taken out one at a time. */
  readonly #ablates: boolean;
  readonly #identity: string;
  /** What held at checkpoints under so many of the run's changes. */
  readonly #stretches = new Map<
    number,
    Promise<{ stretch: Stretch; context: RunContext | null }>
  >();

  /**
   * @param names of measures or groups of @grok/metrics, or `ablation`; null for the
   *   {@link usualMeasures} and `ablation`. Of those, of a group, or of `all`, what the run cannot have is
   *   skipped
   * @param options `extensions` whose kinds the experiment is made of; default none
   * @throws ExperimentError for an unknown name, or a single measure that the run cannot have
   */
  static async of(
    experiment: Experiment,
    names: readonly string[] | null,
    { extensions }: { extensions?: Extensions } = {},
  ): Promise<Analysis> {
    const assembly = assemble(experiment, collect(extensions));
    // Measures of gradients go through the parts of extensions.
    await registerGradientsFor(assembly);
    const identity = await fingerprint(experiment);
    return new Analysis(assembly, names, identity.slice(0, 16));
  }

  private constructor(assembly: Assembly, names: readonly string[] | null, identity: string) {
    const { experiment, kinds } = assembly;
    this.experiment = experiment;
    this.assembly = assembly;
    this.#identity = identity;
    const wanted = names?.filter((name) => name !== ablationName) ?? null;
    const found =
      assembly.trainSize === null
        ? nothingOf(experiment)
        : measuresFor(assemble({ ...experiment, metrics: [...(wanted ?? usualMeasures)] }, kinds), {
            isLenient: names === null,
          });
    const isAsked = names?.includes(ablationName) ?? true;
    const reason = reasonAgainstAblation(assembly);
    if (names !== null && isAsked && reason !== null) {
      throw new ExperimentError(`There is no measure ${ablationName}: ${reason}.`);
    }
    this.#ablates = (isAsked || names?.includes("all") === true) && reason === null;
    this.measures = found?.measures ?? [];
    const skipped = found?.skipped ?? [];
    this.skipped =
      names === null && reason !== null ? [...skipped, { name: ablationName, reason }] : skipped;
    this.context = found?.context ?? (assembly.trainSize === null ? null : runContext(assembly));
  }

  /** What of the analysis a record lacks, by name; all of it where it is of another experiment. */
  missing(record: CheckpointAnalysis | undefined, frequencies: readonly number[] | null): string[] {
    const wanted = [
      ...this.measures.map(({ name }) => name),
      spectra,
      ...(this.#ablates ? [ablationName] : []),
    ];
    if (record === undefined || record.experiment !== this.#identity) return wanted;
    const isJudgedAlike = String(record.frequencies ?? "") === String(frequencies ?? "");
    const has = new Set(record.measures);
    return wanted.filter((name) => !has.has(name) || (judged.has(name) && !isJudgedAlike));
  }

  /** The key frequencies of a checkpoint; null if the task is no addition in a cyclic group. */
  async keyFrequencies(checkpoint: Checkpoint): Promise<readonly number[] | null> {
    const { context } = this;
    const { operation, p } = context?.task ?? { operation: "", p: null };
    if (context === null || p === null || cyclicGroup(operation, p) === null) return null;
    return this.#with(checkpoint, (parameters) =>
      new Snapshot(context, parameters).keyFrequencies(),
    );
  }

  /**
   * A checkpoint's record, with what is missing computed and the rest taken from the record before.
   *
   * @param frequencies to judge by: the key frequencies of the run's end
   * @throws RangeError if the checkpoint is another experiment's or its weights are not finite
   */
  async record(
    checkpoint: Checkpoint,
    frequencies: readonly number[] | null,
    before?: CheckpointAnalysis,
  ): Promise<CheckpointAnalysis> {
    const { step } = checkpoint.progress;
    const missing = new Set(this.missing(before, frequencies));
    const isKept = before?.experiment === this.#identity;
    const kept: Partial<CheckpointAnalysis> = isKept ? before : {};
    const names = new Set([...(kept.measures ?? []), ...missing]);
    const { stretch, context: held } = await this.#stretchAt(step);
    const columns = await this.#with(checkpoint, async (parameters) => {
      const context = held ?? factless;
      const snapshot = new Snapshot(
        frequencies === null ? context : { ...context, keyFrequencies: frequencies },
        parameters,
      );
      const values: Record<string, number | null | number[] | string[]> = {};
      for (const measure of this.measures) {
        if (!missing.has(measure.name)) continue;
        for (const [name, value] of Object.entries(await measure.compute(snapshot))) {
          values[name] = Number.isFinite(value) ? Number((value as number).toPrecision(9)) : null;
        }
        if (measure.name === "fourier-losses") {
          // How many there are is said of the moment, whatever the losses are judged by.
          values.key_frequencies = (
            await new Snapshot(context, parameters).keyFrequencies()
          ).length;
        }
      }
      if (missing.has(spectra)) Object.assign(values, await spectraOf(snapshot));
      if (missing.has(ablationName)) {
        const subject = subjectOf(stretch.assembly, parameters);
        Object.assign(values, await ablationOf(subject, frequencies ?? []));
      }
      return values;
    });
    return {
      ...kept,
      step,
      epoch: stretch.epochAt(step),
      experiment: this.#identity,
      measures: [...names],
      ...(frequencies === null ? {} : { frequencies: [...frequencies] }),
      ...columns,
    };
  }

  /** What held for the last update before a step: changes give other examples to measure on. */
  #stretchAt(step: number): Promise<{ stretch: Stretch; context: RunContext | null }> {
    const made = changesBefore(this.experiment, step);
    let found = this.#stretches.get(made);
    if (found === undefined) {
      found = stretchUnder(this.assembly, made).then((stretch) => ({
        stretch,
        context: made === 0 || this.context === null ? this.context : runContext(stretch.assembly),
      }));
      this.#stretches.set(made, found);
    }
    return found;
  }

  /**
   * A checkpoint's network with the examples that it was trained and judged on, to be taken apart.
   *
   * @param parameters the checkpoint's, as {@link parameters} gives them
   * @throws ExperimentError for a task whose examples never end, or whose answers are numbers
   */
  async subject(checkpoint: Checkpoint, parameters: Parameters): Promise<Subject> {
    const { stretch } = await this.#stretchAt(checkpoint.progress.step);
    return subjectOf(stretch.assembly, parameters);
  }

  /** Does something with a checkpoint's parameters as tensors, which are then disposed of. */
  async #with<T>(checkpoint: Checkpoint, act: (parameters: Parameters) => Promise<T>): Promise<T> {
    const parameters = await this.parameters(checkpoint);
    try {
      return await act(parameters);
    } finally {
      tf.dispose(parameters);
    }
  }

  /**
   * A checkpoint's parameters as tensors, which are the caller's.
   *
   * @throws RangeError if they are another experiment's
   */
  async parameters(checkpoint: Checkpoint): Promise<Parameters> {
    const { step } = checkpoint.progress;
    await checkCheckpoint(this.experiment, checkpoint, step, this.assembly.kinds);
    return Object.fromEntries(
      Array.from(checkpoint.parameters, ([name, { data, shape }]) => [
        name,
        tf.tensor(data, [...shape]),
      ]),
    );
  }
}

/** Why a network cannot be taken apart; null if it can. */
function reasonAgainstAblation({ task, network }: Assembly): string | null {
  if (task.kind !== "finite") return "its examples never end";
  if (task.values > 0) return "its answers are numbers";
  const { operation, p } = task.equation ?? { operation: "", p: null };
  const hasGroup = p !== null && cyclicGroup(operation, p) !== null;
  const hasFrequencies = hasGroup && network.anatomy.embedding !== null;
  if (componentsOf(network).heads.length > 0 || hasFrequencies) return null;
  return "the network has no heads, and no embedding of the elements of a cyclic group";
}

/** Facts of a run without a set of examples: enough for what looks at weights alone. */
const factless: RunContext = {
  anatomy: unknownAnatomy,
  task: { operation: "", p: null },
  examples: { pairs: Int32Array.of(), labels: Int32Array.of() },
  train: Int32Array.of(),
  forward: () => {
    throw new RangeError("a run whose examples never end has no set of logits");
  },
  seed: 0,
};

/** What is left of an analysis where examples never end: what needs none of them. */
function nothingOf({ task }: Experiment) {
  const reason = `task ${task.kind} has examples without end, and measures need all of them`;
  return { measures: [], skipped: [{ name: "of any kind", reason }], context: null };
}
