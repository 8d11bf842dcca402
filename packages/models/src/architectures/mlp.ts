import type { MlpConfig } from "../mlp/config";
import { type MlpOverrides, override } from "./overrides";

/**
 * The MLP of taot/grokking-lab: an embedding of 128 features shared by both operands, two
 * hidden layers of 256: 168,929 parameters at p = 97.
 */
export function mlp(p = 97, overrides: MlpOverrides = {}): MlpConfig {
  return override<MlpConfig>(
    {
      kind: "mlp",
      input: { kind: "embedding", width: 128 },
      vocabulary: p,
      slots: 2,
      width: 256,
      depth: 3,
      classes: p,
      activation: "relu",
      alpha: 0,
      initialisation: "pytorch",
      biases: true,
    },
    overrides,
  );
}

/**
 * The MLP of ChanceSiyuan/grokking: W2·relu(N^−α·(W1·x + b1)) + b2 on two one-hot
 * operands, N = 512: 149,601 parameters at p = 97. Tokens are `[a, p + b]`.
 */
export function orderParameters(p = 97, overrides: MlpOverrides = {}): MlpConfig {
  return override<MlpConfig>(
    {
      kind: "mlp",
      input: { kind: "one-hot" },
      vocabulary: 2 * p,
      slots: 2,
      width: 512,
      depth: 2,
      classes: p,
      activation: "relu",
      alpha: 0,
      initialisation: "fan-in-normal",
      biases: true,
    },
    overrides,
  );
}

/**
 * The MLP of Gromov 2023 (d-doshi/Grokking): two one-hot operands, one hidden layer of N = 500 squares,
 * no biases, weights from N(0, (½·(2N)^−⅓)²): 145,500 parameters at p = 97. Tokens are `[a, p + b]`.
 */
export function quadratic(p = 97, overrides: MlpOverrides = {}): MlpConfig {
  const width = overrides.width ?? 500;
  return override<MlpConfig>(
    {
      kind: "mlp",
      input: { kind: "one-hot" },
      vocabulary: 2 * p,
      slots: 2,
      width,
      depth: 2,
      classes: p,
      activation: "square",
      alpha: 0,
      initialisation: "fan-in-normal",
      initStds: { weight: 0.5 / Math.cbrt(2 * width) },
      biases: false,
    },
    overrides,
  );
}

/**
 * The MLP of Prieto et al. 2025 (LucasPrietoAl/grokking-at-the-edge-of-numerical-stability): two
 * one-hot operands, two hidden layers of 200, no biases: 107,800 parameters at p = 113. Tokens are
 * `[a, p + b]`.
 */
export function prieto(p = 113, overrides: MlpOverrides = {}): MlpConfig {
  return override<MlpConfig>(
    {
      kind: "mlp",
      input: { kind: "one-hot" },
      vocabulary: 2 * p,
      slots: 2,
      width: 200,
      depth: 3,
      classes: p,
      activation: "relu",
      alpha: 0,
      initialisation: "pytorch",
      biases: false,
    },
    overrides,
  );
}
