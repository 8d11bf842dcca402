import type { BuiltInPreset } from "../preset";

/**
 * Kumar et al. 2024: gradient descent on all 550 examples at η = N/2 for weights of unit variance and the
 * loss over α². For weights of variance 1/d, as ours, and the plain loss that is N/2d/α², 2.5 at α = 1.
 */
export const committeePresets = {
  committee: {
    title: "A squared projection, committee",
    description:
      "A committee machine learns the square of one projection of 100 numbers from 550 examples; the scale of its output decides how lazily, and how late it generalises.",
    source:
      "Kumar et al. 2024; settings as in giovana-morais/amlds_final_project, on the authors' code",
    task: {
      kind: "polynomial",
      features: 100,
      coefficients: [0, 0, 1],
      samples: 1_550,
      trainFraction: 11 / 31,
    },
    model: { architecture: "committee", width: 500, curvature: 0.25, outputScale: 1 },
    optimizer: { kind: "sgd", lr: 2.5, momentum: 0, weightDecay: 0 },
    training: {
      loss: "mse",
      steps: 60_000,
      batch: { mode: "full" },
      trainMetric: "full",
      evalEvery: 100,
      evalAtStart: true,
      checkpointEvery: 5_000,
    },
  },
} as const satisfies Record<string, BuiltInPreset>;
