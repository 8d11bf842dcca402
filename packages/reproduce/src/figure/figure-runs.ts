import { expandSweep, type Setting, type SweepSpec, settingOf, sweepAxes } from "@grok/sweep";
import type { AskedRun } from "./asked-run";
import type { Arm, Figure } from "./figure";

/**
 * The runs of a figure, those of its first arm first. A run that two arms ask for is in both.
 *
 * @param quick those that `--quick` asks for; default all
 */
export function figureRuns(figure: Pick<Figure, "arms">, quick = false): AskedRun[] {
  return figure.arms.flatMap((arm) => armRuns(arm, quick));
}

/** Runs that were made before, as resolving an experiment takes milliseconds and arms do not change. */
const made = { full: new WeakMap<Arm, AskedRun[]>(), quick: new WeakMap<Arm, AskedRun[]>() };

function armRuns(arm: Arm, isQuick: boolean): AskedRun[] {
  const before = made[isQuick ? "quick" : "full"];
  const runs = before.get(arm) ?? makeRuns(arm, isQuick);
  before.set(arm, runs);
  return runs;
}

function makeRuns(arm: Arm, isQuick: boolean): AskedRun[] {
  const { name, quick, seconds } = arm;
  if (isQuick && (quick === null || quick.seeds.length === 0)) return [];
  const spec: SweepSpec = {
    ...((isQuick ? quick?.spec : undefined) ?? arm.spec),
    seeds: [...((isQuick ? quick?.seeds : undefined) ?? arm.seeds)],
  };
  const axes = sweepAxes(arm.spec);
  return expandSweep(spec).map((run) => {
    const settings = Object.fromEntries(
      axes.map((axis) => [axis, settingOf(run.experiment, axis)]),
    );
    const { seed } = run.experiment;
    return { ...run, arm: name, settings, seconds, command: commandOf(arm, settings, seed) };
  });
}

/** The flags that vary in a figure, the seed last. */
export function figureAxes({ arms }: Pick<Figure, "arms">): string[] {
  return [...new Set([...arms.flatMap(({ spec }) => sweepAxes(spec)), "seed"])];
}

/** The same figure over other seeds. */
export function withSeeds(figure: Figure, seeds: readonly number[]): Figure {
  const arms = figure.arms.map((arm) => ({
    ...arm,
    seeds,
    quick: arm.quick && { ...arm.quick, seeds },
  }));
  return { ...figure, arms };
}

function commandOf({ spec }: Arm, settings: AskedRun["settings"], seed: number): string {
  const flags: [string, Setting][] = Object.entries({ ...spec.flags, ...settings, seed });
  const words = flags.flatMap(([flag, value]) => {
    if (value === true) return [`--${flag}`];
    if (value === false) return [`--no-${flag}`];
    if (value === null) return [];
    const text = String(value);
    return text.startsWith("-") ? [`--${flag}=${text}`] : [`--${flag}`, quoted(text)];
  });
  return [
    "grok train",
    ...(spec.preset === undefined ? [] : ["--preset", spec.preset]),
    ...words,
  ].join(" ");
}

/** As a shell takes it: an operation may be `*`. */
function quoted(text: string): string {
  return /^[\w./:,+-]+$/.test(text) ? text : `'${text}'`;
}
