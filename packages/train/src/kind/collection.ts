import type { Measure } from "@grok/metrics";
import { ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { defaultOf } from "../experiment/field";
import { type ExperimentSchema, openSchemaOf, schemaOf } from "../experiment/schema";
import type { Flag } from "../flag/flag";
import { flagsOf } from "../flag/flags";
import { builtIn } from "../kinds/built-in";
import type { Preset } from "../preset/preset";
import { presets } from "../preset/presets";
import { canonicalJson } from "../run/canonical-json";
import { recordSchema } from "../run/record";
import type { EditKind } from "./edit-kind";
import type { Extension, ExtensionReference, Extensions, LoadedExtension } from "./extension";
import type { KindsWithSchema } from "./kinds";
import type { LossKind } from "./loss-kind";
import type { ModelKind } from "./model-kind";
import type { GradientTransformKind, OptimizerKind, ScheduleKind } from "./optimizer-kind";
import type { TaskKind } from "./task-kind";

/** Everything that experiments can be made of: what is built in, and what extensions add. */
export class Collection implements KindsWithSchema {
  readonly extensions: readonly LoadedExtension[];
  readonly tasks: ReadonlyMap<string, TaskKind>;
  /** By each of their names in `model.architecture`. */
  readonly models: ReadonlyMap<string, ModelKind>;
  readonly losses: ReadonlyMap<string, LossKind>;
  readonly optimizers: ReadonlyMap<string, OptimizerKind>;
  /** In the order in which they act. */
  readonly transforms: ReadonlyMap<string, GradientTransformKind>;
  readonly schedules: ReadonlyMap<string, ScheduleKind>;
  /** What changes can do to parameters. */
  readonly edits: ReadonlyMap<string, EditKind>;
  readonly metrics: readonly Measure[];
  readonly presets: ReadonlyMap<string, Preset>;
  /** The extension of each part that is none of ours, by part: `task d5`. */
  readonly #owners = new Map<string, string | null>();
  #schema: ExperimentSchema | undefined;
  #openSchema: ExperimentSchema | undefined;
  #flags: readonly Flag[] | undefined;
  #byName: ReadonlyMap<string, Flag> | undefined;

  /**
   * @throws ExperimentError if two extensions define a part of one name, or one that is built in,
   *   naming both
   */
  constructor(extensions: Extensions) {
    this.extensions = extensions.map(loaded);
    const sources: [owner: string | null, parts: Omit<Extension, "name">][] = [
      [null, builtIn as Omit<Extension, "name">],
      ...this.extensions.map(({ extension }): [string, Extension] => [extension.name, extension]),
    ];
    for (const { extension } of this.extensions) this.#claim("extension", extension.name, null);
    const all = <T>(
      what: string,
      of: (parts: Omit<Extension, "name">) => readonly T[] | undefined,
      namesOf: (part: T) => readonly string[],
    ): Map<string, T> => {
      const found = new Map<string, T>();
      for (const [owner, parts] of sources) {
        for (const part of of(parts) ?? []) {
          for (const name of namesOf(part)) {
            this.#claim(what, name, owner);
            found.set(name, part);
          }
        }
      }
      return found;
    };
    const own = ({ name }: { name: string }) => [name];
    this.tasks = all("task", ({ tasks }) => tasks, own);
    this.models = all("model", ({ models }) => models, namesOfModel);
    this.losses = all("loss", ({ losses }) => losses, own);
    this.optimizers = all("optimizer", ({ optimizers }) => optimizers, own);
    const transforms = all("gradient transform", (parts) => parts.transforms, own);
    this.transforms = new Map([...transforms].sort(([, a], [, b]) => a.place - b.place));
    this.schedules = all("schedule", ({ schedules }) => schedules, own);
    this.edits = all("edit", ({ edits }) => edits, own);
    this.metrics = [...all("metric", ({ metrics }) => metrics, own).values()];
    all(
      "column",
      ({ metrics }) => metrics?.flatMap(({ columns }) => columns),
      (name) => [name],
    );
    this.presets = new Map(Object.entries<Preset>(presets));
    for (const name of this.presets.keys()) this.#claim("preset", name, null);
    for (const { extension } of this.extensions) {
      for (const [name, preset] of Object.entries(extension.presets ?? {})) {
        this.#claim("preset", name, extension.name);
        (this.presets as Map<string, Preset>).set(name, preset);
      }
    }
    // What is wrong with an extension's flags is said when it is given, not when help is asked for.
    if (extensions.length > 0) this.#flags = flagsOf(this);
  }

  /** The schema of experiments of these kinds. */
  get schema(): ExperimentSchema {
    this.#schema ??= schemaOf(this);
    return this.#schema;
  }

  /** The schema of experiments that are made of any other kinds too, whose settings are not checked. */
  get openSchema(): ExperimentSchema {
    this.#openSchema ??= openSchemaOf();
    return this.#openSchema;
  }

  /** Every option of `grok train`, in the order of its help. */
  get flags(): readonly Flag[] {
    this.#flags ??= flagsOf(this);
    return this.#flags;
  }

  /** The flag of that name or alias, without dashes. */
  findFlag(name: string): Flag | undefined {
    return this.#flagsByName.get(name);
  }

  /** Every name and alias of a flag, for suggestions. */
  flagNames(): string[] {
    return [...this.#flagsByName.keys()];
  }

  /** The flag that sets a place of the experiment. */
  flagAt(path: string): Flag | undefined {
    return this.flags.find((flag) => flag.path === path);
  }

  /** The extension that a part comes from; null if it is built in. */
  ownerOf(what: string, name: string): string | null {
    return this.#owners.get(`${what} ${name}`) ?? null;
  }

  /** The extensions that define a part in use by an experiment, by name. */
  referencesOf(experiment: Experiment): ExtensionReference[] {
    if (this.extensions.length === 0) return [];
    const { task, model, optimizer, training, metrics } = experiment;
    const owners = new Set([
      this.ownerOf("task", task.kind),
      this.ownerOf("model", model.architecture),
      this.ownerOf("optimizer", optimizer.kind),
      this.ownerOf("schedule", optimizer.schedule.kind),
      this.ownerOf("loss", training.loss),
    ]);
    for (const name of this.transforms.keys()) {
      if (this.isOn(name, optimizer)) owners.add(this.ownerOf("gradient transform", name));
    }
    for (const { set = {}, edits = [] } of experiment.changes ?? []) {
      for (const { kind } of edits) owners.add(this.ownerOf("edit", kind));
      for (const [what, path] of chosenParts) {
        if (path in set) owners.add(this.ownerOf(what, String(set[path])));
      }
    }
    for (const { name, group, cost } of this.metrics) {
      const isAsked =
        [name, group, "all"].some((each) => metrics.includes(each)) ||
        (cost === "cheap" && metrics.includes("default"));
      if (isAsked) owners.add(this.ownerOf("metric", name));
    }
    return this.extensions
      .filter(({ extension }) => owners.has(extension.name))
      .map(({ extension: { name }, file, sha256 }) => ({ name, file, sha256 }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Whether a gradient transform is on: it has another value than its default. */
  isOn(transform: string, optimizer: object): boolean {
    const value = (optimizer as Record<string, unknown>)[transform];
    const schema = this.transforms.get(transform)?.value;
    if (value === undefined || schema === undefined) return false;
    return canonicalJson(value) !== canonicalJson(defaultOf(schema));
  }

  get #flagsByName(): ReadonlyMap<string, Flag> {
    this.#byName ??= new Map(
      this.flags.flatMap((flag) => [flag.name, ...flag.aliases].map((name) => [name, flag])),
    );
    return this.#byName;
  }

  #claim(what: string, name: string, owner: string | null): void {
    const key = `${what} ${name}`;
    if (what === "column" && owner !== null && Object.hasOwn(recordSchema.shape, name)) {
      throw new ExperimentError(
        `Extension ${owner} has a metric with the column ${name}, which every record has; give the column another name.`,
      );
    }
    if (this.#owners.has(key)) {
      const other = this.#owners.get(key) as string | null;
      throw new ExperimentError(
        what === "extension"
          ? `There are two extensions called ${name}; use one of them.`
          : `Extension ${owner} defines the ${what} ${name}, which ${other === null ? "is built in" : `extension ${other} defines too`}; give it another name.`,
      );
    }
    this.#owners.set(key, owner);
  }
}

/** Parts that a change can choose, by the place that names them. */
const chosenParts = [
  ["task", "task.kind"],
  ["optimizer", "optimizer.kind"],
  ["schedule", "optimizer.schedule.kind"],
  ["loss", "training.loss"],
] as const;

const known = new WeakMap<Extensions, Collection>();
let builtInOnly: Collection | undefined;

/**
 * What experiments can be made of: the kinds that are built in and those of extensions. It is made
 * once for each list.
 *
 * @throws ExperimentError if a name, a metric's column or a flag is taken, naming both owners
 */
export function collect(extensions: Extensions = []): Collection {
  if (extensions.length === 0) {
    builtInOnly ??= new Collection([]);
    return builtInOnly;
  }
  let made = known.get(extensions);
  if (made === undefined) {
    made = new Collection(extensions);
    known.set(extensions, made);
  }
  return made;
}

/** The names that a kind of network has in `model.architecture`. */
export function namesOfModel({ name, variants }: Pick<ModelKind, "name" | "variants">): string[] {
  return variants === undefined ? [name] : Object.keys(variants);
}

function loaded(given: Extension | LoadedExtension): LoadedExtension {
  return "extension" in given
    ? given
    : { extension: given, file: given.name, sha256: null, code: null };
}
