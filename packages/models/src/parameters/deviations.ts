import type { ParameterRole } from "./specification";

/** Standard deviations of normal initial values by role, in place of an initialisation scheme's. */
export type Deviations = Readonly<Partial<Record<ParameterRole, number>>>;

/** The roles whose initial values can be drawn with a deviation of one's own. */
const drawn: readonly string[] = [
  "embedding",
  "positions",
  "projection",
  "attentionBias",
  "weight",
  "bias",
  "unembedding",
] satisfies ParameterRole[];

/** Throws a RangeError unless each deviation is one of a drawn role, and at least 0. */
export function checkDeviations(deviations: Deviations = {}): void {
  for (const [role, deviation] of Object.entries(deviations)) {
    if (!drawn.includes(role)) {
      throw new RangeError(`deviations.${role} is no role: allowed are ${drawn.join(", ")}`);
    }
    if (deviation !== undefined && !(deviation >= 0 && Number.isFinite(deviation))) {
      throw new RangeError(`deviations.${role} is ${deviation}: it must be a number of at least 0`);
    }
  }
}
