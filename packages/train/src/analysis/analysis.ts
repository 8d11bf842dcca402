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
import type { Experiment } from "../experiment/experiment";
import { measuresFor } from "../experiment/metrics";
import { runContext } from "../experiment/run-context";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { registerGradientsFor } from "../loop/stock-gradients";
import { type Checkpoint, checkCheckpoint } from "../run/checkpoint";
import { fingerprint } from "../run/fingerprint";
import type { CheckpointAnalysis } from "./record";
import { spectraOf } from "./spectra";
import { usualMeasures } from "./usual-measures";

/** The name under which a record remembers that it has its lists. */
const spectra = "spectra";

/** Measures whose values depend on the key frequencies that they are judged by. */
const judged = new Set(["fourier-losses", "snr"]);

/** What a run's checkpoints are analysed for. */
export class Analysis {
  readonly experiment: Experiment;
  /** All that the experiment is made of. */
  readonly assembly: Assembly;
  readonly measures: readonly Measure[];
  /** Those asked for that the run cannot have, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** What measures may ask of the run; null where its examples never end. */
  readonly context: RunContext | null;
  readonly #identity: string;
  /** What held at checkpoints under so many of the run's changes. */
  readonly #stretches = new Map<
    number,
    Promise<{ stretch: Stretch; context: RunContext | null }>
  >();

  /**
   * @param names of measures or groups of @grok/metrics; null for the {@link usualMeasures}. Of those, of
   *   a group, or of `all`, what the run cannot have is skipped
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
    const size = assembly.trainSize;
    const found =
      size === null
        ? nothingOf(experiment)
        : measuresFor(assemble({ ...experiment, metrics: [...(names ?? usualMeasures)] }, kinds), {
            isLenient: names === null,
          });
    this.measures = found?.measures ?? [];
    this.skipped = found?.skipped ?? [];
    this.context = found?.context ?? null;
  }

  /** What of the analysis a record lacks, by name; all of it where it is of another experiment. */
  missing(record: CheckpointAnalysis | undefined, frequencies: readonly number[] | null): string[] {
    const wanted = [...this.measures.map(({ name }) => name), spectra];
    if (record === undefined || record.experiment !== this.#identity) return wanted;
    const isJudgedAlike = String(record.frequencies ?? "") === String(frequencies ?? "");
    const has = new Set(record.measures);
    return wanted.filter((name) => !has.has(name) || (judged.has(name) && !isJudgedAlike));
  }

  /** The key frequencies of a checkpoint; null where the task is no addition in a cyclic group. */
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
   * @throws RangeError where the checkpoint is another experiment's or its weights are not finite
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
      const values: Record<string, number | null | number[]> = {};
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
   * @throws RangeError where they are another experiment's
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
