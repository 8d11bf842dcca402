/** Validation accuracies by step, read off the plots of the authors' notebook (±1 point, ±200 steps). */

/** Softmax in single precision, 70% of the table. */
export const prietoSingle = [
  [500, 0.06],
  [1_000, 0.24],
  [1_500, 0.4],
  [2_000, 0.53],
  [2_500, 0.62],
  [3_000, 0.685],
  [5_500, 0.64],
  [9_000, 0.695],
  [14_500, 0.645],
  [19_500, 0.655],
] as const;

/** Softmax in double precision, 70% of the table. */
export const prietoDouble = [
  [2_000, 0.52],
  [3_000, 0.69],
  [4_000, 0.8],
  [5_000, 0.88],
  [6_500, 0.93],
  [8_000, 0.86],
  [11_500, 0.905],
  [12_500, 0.82],
  [16_500, 0.905],
  [17_500, 0.84],
  [19_500, 0.88],
] as const;

/** StableMax, 40% of the table; ±2,500 steps, as it is logged every 5,000. */
export const prietoStablemax = [
  [10_000, 0.01],
  [15_000, 0.025],
  [20_000, 0.055],
  [25_000, 0.13],
  [30_000, 0.29],
  [35_000, 0.51],
  [40_000, 0.73],
  [45_000, 0.87],
  [50_000, 0.94],
  [55_000, 0.965],
  [60_000, 0.975],
  [75_000, 0.985],
] as const;

/** ⊥Grad, 40% of the table; ±5 steps. */
export const prietoOrthograd = [
  [70, 0.01],
  [80, 0.03],
  [90, 0.17],
  [100, 0.62],
  [110, 0.97],
  [120, 1],
  [290, 1],
] as const;
