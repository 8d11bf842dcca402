import type { ParameterRole } from "./specification";

/** Standard deviations of normal initial values by role, instead of an initialisation scheme's. */
export type InitStds = Readonly<Partial<Record<ParameterRole, number>>>;

/** The roles whose initial values may have a standard deviation of their own. */
const drawn: readonly string[] = [
  "embedding",
  "positions",
  "projection",
  "attentionBias",
  "weight",
  "bias",
  "unembedding",
] satisfies ParameterRole[];

/** Throws a RangeError unless each standard deviation is that of a drawn role, and at least 0. */
export function checkInitStds(initStds: InitStds = {}): void {
  for (const [role, std] of Object.entries(initStds)) {
    if (!drawn.includes(role)) {
      throw new RangeError(`initStds.${role} is no role: allowed are ${drawn.join(", ")}`);
    }
    if (std !== undefined && !(std >= 0 && Number.isFinite(std))) {
      throw new RangeError(`initStds.${role} is ${std}: it must be a number of at least 0`);
    }
  }
}
