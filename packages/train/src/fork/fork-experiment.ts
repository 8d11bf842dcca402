import type { Change } from "../change/change";
import { readChanges } from "../change/read-changes";
import { assemble } from "../experiment/assembly";
import { checkExperiment } from "../experiment/check";
import { ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { parse } from "../experiment/parse";
import { kebab } from "../flag/kebab";
import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import type { FlagValues } from "../kinds/flag-values";
import { type GivenFlags, labelOf, readFlags } from "../preset/overrides";

/** What {@link forkExperiment} takes. */
export interface ForkOptions {
  /** The step from whose next update on the flags hold. */
  at: number;
  /**
   * What is otherwise from there on, as flags. Flags that set how long the run lasts, which checkpoints
   * it keeps or which backend it runs on apply to the whole run; `change` adds changes at other steps.
   */
  flags?: FlagValues | GivenFlags;
  /** Whose kinds the experiment is made of; default none. */
  extensions?: Extensions;
}

/** Flags that change nothing about a run's course, by the place that they set. */
const lasting = new Set([
  "training.steps",
  "training.stopOnGrok",
  "training.checkpointEvery",
  "training.checkpointAt",
  "training.keepCheckpoints",
  "backend",
  "threads",
]);

/**
 * An experiment that is another one up to a step and has other settings from there on: the same with
 * one change more. Without flags it is the same experiment.
 *
 * @throws ExperimentError in one sentence, as for a change at that step
 *
 * @example
 * forkExperiment(resolveExperiment({ preset: "mlp" }), { at: 500, flags: { weightDecay: 0 } });
 */
export function forkExperiment(
  experiment: Experiment,
  { at, flags = {}, extensions }: ForkOptions,
): Experiment {
  const kinds = collect(extensions);
  const here: GivenFlags = {};
  const whole: GivenFlags = {};
  let further: unknown;
  for (const [name, value] of Object.entries(flags as GivenFlags)) {
    const flag = kinds.findFlag(kebab(name));
    if (flag?.path === "changes") further = value;
    else if (flag?.path && lasting.has(flag.path)) whole[name] = value;
    else if (value !== undefined) here[name] = value;
  }
  const own = [
    ...(Object.keys(here).length === 0 ? [] : readChanges([{ ...here, at }], kinds)),
    ...(further === undefined ? [] : readChanges(further, kinds)),
  ];
  for (const change of own) {
    if (change.at >= at) continue;
    throw new ExperimentError(
      `A fork at step ${at} cannot change what was before it, at step ${change.at}.`,
    );
  }
  const changes = [...(experiment.changes ?? []), ...merged(own)].sort((a, b) => a.at - b.at);
  const given = readFlags(whole, kinds);
  const draft = structuredClone({
    ...experiment,
    ...(changes.length === 0 ? {} : { changes }),
  }) as unknown as Record<string, unknown>;
  for (const [path, { value }] of given) {
    const [key, inner] = path.split(".") as [string, string | undefined];
    if (inner === undefined) draft[key] = value;
    else (draft[key] as Record<string, unknown>)[inner] = value;
  }
  const fork = parse(kinds.schema, draft, "", labelOf(given)) as unknown as Experiment;
  checkExperiment(assemble(withReferences(fork, kinds), kinds), labelOf(given));
  return withReferences(fork, kinds);
}

/** Changes that were given apart for one step, as one. */
function merged(changes: readonly Change[]): Change[] {
  const byStep = new Map<number, Change>();
  for (const change of changes) {
    const { set, edits, resetOptimizer, ...before } = byStep.get(change.at) ?? { at: change.at };
    const sets = { ...set, ...change.set };
    const all = [...(edits ?? []), ...(change.edits ?? [])];
    const isReset = resetOptimizer === true || change.resetOptimizer === true;
    byStep.set(change.at, {
      ...before,
      ...(Object.keys(sets).length === 0 ? {} : { set: sets }),
      ...(all.length === 0 ? {} : { edits: all }),
      ...(isReset ? { resetOptimizer: true } : {}),
    });
  }
  return [...byStep.values()];
}

/** An experiment that names the extensions that its changes need, too. */
function withReferences(experiment: Experiment, kinds: Collection): Experiment {
  const references = kinds.referencesOf(experiment);
  return references.length === 0 ? experiment : { ...experiment, extensions: references };
}
