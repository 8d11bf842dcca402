import type { Experiment } from "../experiment/experiment";

/** Which checkpoints of a run are kept; see `keepCheckpoints` of the experiment. */
export type Retention = Experiment["training"]["keepCheckpoints"];

/** Checkpoints that every policy keeps: should the newest be damaged, there is one before it. */
const newest = 2;

/**
 * Which checkpoints a policy keeps. What it keeps of some steps it keeps of more, except the
 * newest, so that it does not matter when it is asked.
 *
 * - a number: so many of the newest
 * - `all`
 * - `every:N`: those whose step N divides, and the newest two
 * - `log:N`: N for each doubling of the step, evenly spaced in its logarithm (the first at or
 *   behind each place), and the newest two; of a checkpoint every 1,000 steps up to 10⁶, `log:4`
 *   keeps 37
 *
 * A checkpoint of an interruption is one that a run which was not interrupted would not have: it
 * counts for nothing here, and is kept while it is newer than all others.
 *
 * @param steps of the checkpoints that there are, ascending
 * @param interruptions those of them that were written because the run was interrupted
 */
export function keptSteps(
  steps: readonly number[],
  policy: Retention,
  interruptions: ReadonlySet<number> = new Set(),
): Set<number> {
  const regular = steps.filter((step) => !interruptions.has(step));
  const kept = keptRegular(regular, policy);
  const last = regular.at(-1) ?? -1;
  const newer = steps.filter((step) => interruptions.has(step) && step > last);
  for (const step of newer.slice(-newest)) kept.add(step);
  return kept;
}

function keptRegular(steps: readonly number[], policy: Retention): Set<number> {
  if (policy === "all") return new Set(steps);
  if (typeof policy === "number") return new Set(steps.slice(-policy));
  const kept = new Set(steps.slice(-newest));
  const [kind, digits] = policy.split(":");
  const n = Number(digits);
  let last = -1;
  for (const step of steps) {
    if (kind === "every") {
      if (step % n === 0) kept.add(step);
      continue;
    }
    const place = Math.floor(n * Math.log2(Math.max(1, step)));
    if (place > last) kept.add(step);
    last = place;
  }
  return kept;
}
