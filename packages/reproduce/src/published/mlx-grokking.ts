/** Validation accuracy by epoch, read off the plot of stockeh/mlx-grokking (±1 point). */
export const mlxValidation = [
  [30, 0.01],
  [75, 0.1],
  [95, 0.42],
  [100, 0.67],
  [105, 0.83],
  [120, 0.978],
  [145, 1],
] as const;

/** Training accuracy by epoch, of the same plot. */
export const mlxTraining = [
  [15, 0.42],
  [25, 0.86],
  [35, 0.97],
] as const;
