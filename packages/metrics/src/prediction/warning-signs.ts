import { deviation } from "d3-array";

/** What warning signs are read from: a line of a run's metrics.jsonl. */
export interface WarningRecord {
  step: number;
  train_loss: number;
  train_acc: number;
  val_loss: number;
  val_acc: number;
  /** √Σw² over all parameters. */
  weight_norm: number;
}

/** The signs that {@link warningSigns} reads, in the order of its numbers. */
export const warningSignNames = [
  "memorised_for",
  "val_loss_fallen",
  "val_acc_risen",
  "norm_trend",
  "loss_oscillation",
] as const;

/**
 * Numbers from a run so far that may tell whether and when it will grok:
 *
 * - memorised_for: ln(step / t_mem), 0 before memorising
 * - val_loss_fallen: ln(highest val_loss so far / the last one): it turns before the accuracy does
 * - val_acc_risen: the last val_acc less the lowest so far
 * - norm_trend: d ln ‖θ‖ / d ln step, by least squares over the last half of the evaluations (Liu et
 *   al. 2022, "Omnigrok": grokking waits for the norm to come down)
 * - loss_oscillation: the standard deviation of the changes of ln train_loss from one evaluation to
 *   the next, after Notsawo et al. 2023, who predict grokking from early oscillations
 *
 * @param records in the order of their steps, at least three; steps from 1
 * @returns [5], all finite
 * @throws RangeError if there are fewer, or a value is not finite
 */
export function warningSigns(records: readonly WarningRecord[]): number[] {
  const last = records.at(-1);
  if (last === undefined || records.length < 3) {
    throw new RangeError(`warning signs need at least 3 evaluations, not ${records.length}`);
  }
  const memorised = records.find(({ train_acc }) => train_acc > 0.99)?.step;
  const half = records.slice(Math.floor(records.length / 2) - 1);
  const logs = records.map(({ train_loss }) => Math.log(Math.max(train_loss, 1e-9)));
  const signs = [
    memorised === undefined ? 0 : Math.log(last.step / memorised),
    Math.log(Math.max(...records.map(({ val_loss }) => val_loss)) / last.val_loss),
    last.val_acc - Math.min(...records.map(({ val_acc }) => val_acc)),
    slope(
      half.map(({ step }) => Math.log(step)),
      half.map(({ weight_norm }) => Math.log(weight_norm)),
    ),
    deviation(logs.slice(1).map((log, i) => log - (logs[i] as number))) as number,
  ];
  for (const [i, sign] of signs.entries()) {
    if (!Number.isFinite(sign)) {
      throw new RangeError(
        `the warning sign ${warningSignNames[i]} at step ${last.step} is ${sign}`,
      );
    }
  }
  return signs;
}

/** The slope of the least-squares line. */
function slope(xs: readonly number[], ys: readonly number[]): number {
  const meanX = xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / ys.length;
  let [xx, xy] = [0, 0];
  for (const [i, x] of xs.entries()) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * ((ys[i] as number) - meanY);
  }
  return xy / xx;
}
