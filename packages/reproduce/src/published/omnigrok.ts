/** Accuracies by step, read off the notebook's plot of constrained training, α = .8 (±2 points, ±5 steps). */
export const omnigrokTraining = [
  [100, 0.12],
  [150, 0.2],
  [200, 0.25],
  [220, 0.38],
  [230, 0.53],
  [240, 0.75],
  [250, 0.92],
  [260, 0.98],
  [290, 1],
] as const;

export const omnigrokTest = [
  [200, 0.005],
  [220, 0.02],
  [230, 0.07],
  [240, 0.2],
  [250, 0.45],
  [260, 0.72],
  [270, 0.88],
  [280, 0.96],
  [300, 1],
] as const;
