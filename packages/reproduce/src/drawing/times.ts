import { kaplanMeier, powerLaw } from "@grok/metrics/statistics";
import type { GrokTimeSeries } from "@grok/plot";
import { group } from "d3-array";
import type { Measured } from "../judge/measured";
import type { FigureRun } from "../result/figure-run";

/** Times against a setting, with the Kaplan–Meier median at each value. */
export function timesAgainst(
  runs: readonly FigureRun[],
  axis: string,
  of: (run: FigureRun) => Measured,
  label: string,
): GrokTimeSeries {
  const points = runs.map((run) => ({ x: run.settings[axis] as number, ...of(run) }));
  return timeSeries(points, label, { hasLaw: false });
}

/** Times at values of x as a series of a figure. */
export function timeSeries(
  times: readonly ({ readonly x: number } & Measured)[],
  label: string,
  { hasLaw }: { hasLaw: boolean },
): GrokTimeSeries {
  const law = hasLaw
    ? powerLaw(times.map(({ x, value, happened }) => ({ x, time: value, happened })))
    : null;
  const points = [...group(times, ({ x }) => x)]
    .sort(([a], [b]) => a - b)
    .map(([x, own]) => {
      const survival = own.map(({ value, happened }) => ({ time: value, happened }));
      const { median, medianInterval } = kaplanMeier(survival);
      return {
        x,
        median,
        // Two runs bound no interval.
        interval: own.length < 3 && median !== null ? ([median, median] as const) : medianInterval,
        runs: survival.map(({ time, happened }) => ({ time, grokked: happened })),
      };
    });
  return {
    label,
    points,
    law: law && { factor: law.factor, exponent: law.exponent, error: law.exponentError },
  };
}
