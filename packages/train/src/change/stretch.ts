import { parameterShapes } from "@grok/models";
import { type Assembly, assemble } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import { fingerprint } from "../run/fingerprint";
import { experimentUnder } from "./experiment-under";

/** What a run trains between two changes. */
export interface Stretch {
  /** The experiment with all its changes, those to come too. */
  readonly experiment: Experiment;
  /** What holds in this stretch. */
  readonly assembly: Assembly;
  /** The fingerprint that checkpoints have whose last update was in this stretch. */
  readonly identity: string;
  /** The step at which the next change is made; infinite if there is none. */
  readonly end: number;
  /** Passes over the training set at a step of this stretch; null if that never ends. */
  epochAt(step: number): number | null;
}

/**
 * The stretch of a run under the first so many of its changes.
 *
 * @param whole the experiment with all its changes
 */
export async function stretchUnder(whole: Assembly, count: number): Promise<Stretch> {
  const { experiment } = whole;
  const { changes = [] } = experiment;
  const last = changes[count - 1]?.at ?? 0;
  const assemblies = assembliesOf(whole, count);
  return {
    experiment,
    assembly: assemblies.at(-1) as Assembly,
    identity: await fingerprint(experiment, count === 0 ? 0 : last + 1),
    end: changes[count]?.at ?? Number.POSITIVE_INFINITY,
    epochAt: (step) => {
      let epochs = 0;
      for (const [i, assembly] of assemblies.entries()) {
        const perEpoch = assembly.stepsPerEpoch;
        if (perEpoch === null) return null;
        const from = changes[i - 1]?.at ?? 0;
        const to = i === count ? step : (changes[i]?.at as number);
        epochs += (to - from) / perEpoch;
      }
      return epochs;
    },
  };
}

/** What holds in the first stretch, and after each of the first this many changes. */
function assembliesOf(whole: Assembly, count: number): Assembly[] {
  const { experiment, kinds } = whole;
  if (experiment.changes === undefined) return [whole];
  const names = Object.keys(parameterShapes(whole.network));
  return Array.from({ length: count + 1 }, (_, made) =>
    assemble(experimentUnder(experiment, made, names, kinds), kinds),
  );
}
