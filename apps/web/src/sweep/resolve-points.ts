import type { SideExperiment } from "../side-by-side/side-runs";
import { engine } from "../state/engine";
import { base, given } from "../state/experiment";
import { pointsOf, pointText } from "./values-in";

/** The runs of a sweep, or why there are none. */
export type SweepPlan =
  | { ok: true; experiments: readonly SideExperiment[] }
  | { ok: false; error: string };

/** Makes an experiment of every combination of values, with all other settings as they are. */
export async function resolvePoints(
  several: Readonly<Record<string, readonly string[]>>,
): Promise<SweepPlan> {
  const { preset, flags } = base.peek();
  const experiments: SideExperiment[] = [];
  for (const point of pointsOf(several)) {
    const name = pointText(point);
    const made = await engine().experiments.resolve(
      preset,
      { ...flags, ...given.peek(), ...point },
      null,
    );
    if (!made.ok) return { ok: false, error: `With ${name}: ${made.error}` };
    if (made.unready !== null) return { ok: false, error: `With ${name}: ${made.unready}` };
    const { seed: _, ...others } = point;
    experiments.push({ name, group: pointText(others), experiment: made.experiment });
  }
  return { ok: true, experiments };
}
