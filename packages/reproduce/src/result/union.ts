import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import type { FigureRun } from "./figure-run";

/**
 * The runs that a figure asks for, of those on this machine and those recorded before, in the figure's
 * order. If a run is both, the one on this machine is taken, as it has all of its evaluations. A run
 * that the figure no longer asks for does not count.
 */
export function unionOfRuns(
  figure: Pick<Figure, "arms">,
  here: readonly FigureRun[],
  recorded: readonly FigureRun[],
): FigureRun[] {
  const find = (runs: readonly FigureRun[], arm: string, name: string) =>
    runs.find((run) => run.arm === arm && run.name === name);
  return figureRuns(figure).flatMap(({ arm, name, settings, command }) => {
    const run = find(here, arm, name) ?? find(recorded, arm, name);
    return run === undefined ? [] : [{ ...run, settings, command }];
  });
}
