import type { Change } from "@grok/train";
import { canonicalJson } from "@grok/train/front-end";
import { runName } from "./run-name";
import type { SweepRun } from "./sweep-run";

/** As many as are worth a look when a run begins. */
const most = 20;

/** What runs are called without their changes, which is dear to compute again for each pair. */
const roots = new WeakMap<SweepRun["experiment"], string>();

/** What a run is called apart from its changes, and from what decides when it ends. */
export function rootOf({ experiment }: SweepRun): string {
  const known = roots.get(experiment);
  if (known !== undefined) return known;
  const training = { ...experiment.training, steps: 1, stopOnGrok: false };
  const root = runName({ ...experiment, changes: undefined, training });
  roots.set(experiment, root);
  return root;
}

/**
 * The runs with which a run is the same up to some step, as their changes set them apart there and
 * nothing before: those of the latest step first.
 *
 * @returns their names, at most 20
 */
export function trunksOf(run: SweepRun, others: readonly SweepRun[]): string[] {
  const { changes = [] } = run.experiment;
  return others
    .filter(({ name, experiment }) => {
      const isChanged = changes.length > 0 || experiment.changes !== undefined;
      return name !== run.name && isChanged;
    })
    .filter((other) => rootOf(other) === rootOf(run))
    .map(({ name, experiment }) => ({ name, until: sameUntil(changes, experiment.changes ?? []) }))
    .sort((a, b) => b.until - a.until)
    .slice(0, most)
    .map(({ name }) => name);
}

/** The step up to which two runs of one root are the same. */
function sameUntil(some: readonly Change[], others: readonly Change[]): number {
  const at = some.findIndex(
    (change, i) => canonicalJson(change) !== canonicalJson(others[i] ?? null),
  );
  const first = at < 0 ? some.length : at;
  const step = (changes: readonly Change[]) => changes[first]?.at ?? Number.POSITIVE_INFINITY;
  return Math.min(step(some), step(others));
}
