import { group } from "d3-array";
import type { Measured } from "../judge/measured";
import type { FigureRun } from "../result/figure-run";

/**
 * What a reader must know of the runs behind a figure: how many there are, how many had not got there
 * when they ended, and how many diverged.
 *
 * @param of the time that the figure shows; default when a run grokked
 */
export function captionOf(
  runs: readonly FigureRun[],
  of: (run: FigureRun) => Measured = ({ t_grok, steps }) => ({
    value: t_grok ?? steps,
    happened: t_grok !== null,
  }),
): string {
  const distinct = [...new Map(runs.map((run) => [run.name, run])).values()];
  const settings = group(distinct, ({ arm, settings }) => JSON.stringify([arm, settings]));
  const sizes = [...settings.values()].map(({ length }) => length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const each =
    sizes.length === 1 ? "" : ` (${least === most ? least : `${least} to ${most}`} per setting)`;
  const failed = distinct.filter(({ status }) => status === "failed").length;
  const never = distinct.filter((run) => run.status !== "failed" && !of(run).happened).length;
  return [
    `N = ${distinct.length}${each}`,
    never === 0 ? "none ended before it got there" : `${never} had not got there when they ended`,
    `${failed === 0 ? "none" : failed} diverged.`,
  ].join("; ");
}
