/**
 * Checks that a plan is one of a network's own.
 *
 * @throws RangeError that names both kinds
 */
export function requirePlan(plan: { readonly kind: string }, kind: string): void {
  if (plan.kind === kind) return;
  throw new RangeError(`a plan for a network of kind ${plan.kind} cannot run a ${kind}`);
}
