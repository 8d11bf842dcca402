import { addition777, tinyModular } from "./addition";
import { grokfast } from "./grokfast";
import { mlp, orderParameters, prieto, quadratic } from "./mlp";
import { mlx, mlxSwiglu, mlxUngated } from "./mlx";
import { nanda } from "./nanda";
import type { TransformerOverrides } from "./overrides";
import { danielmamay, openai, power } from "./power";

/**
 * Every named network, by the name of its preset where it has one: a function of p, the task's
 * residues (which ten-digit addition does not have), and of changes.
 */
export const architectures = {
  mlx,
  "mlx-ungated": mlxUngated,
  "mlx-swiglu": mlxSwiglu,
  power,
  openai,
  danielmamay,
  grokfast,
  nanda,
  "addition-777": (_p?: number, overrides: TransformerOverrides = {}) => addition777(overrides),
  "tiny-modular": tinyModular,
  mlp,
  "order-parameters": orderParameters,
  prieto,
  quadratic,
} as const;

/** See {@link architectures}. */
export type ArchitectureName = keyof typeof architectures;
