/** How a run came to generalise. */
export type Transition = "grokked" | "at once" | "never";

/**
 * Whether a run memorised first and generalised later. Reaching the threshold is not enough for that: a
 * run whose validation accuracy follows its training accuracy learned at once, without a delay.
 *
 * | | |
 * |---|---|
 * | grokked | t_grok ≥ factor · t_mem |
 * | at once | t_grok < factor · t_mem, or it generalised without having memorised before |
 * | never | it did not generalise |
 *
 * @param factor default 2: a convention, as a grid of learning rates has no common number of steps by
 *   which to judge a delay (`learningPhase` has the fixed 1,000 steps of Liu et al. 2022)
 */
export function transitionOf(
  { t_mem, t_grok }: { readonly t_mem: number | null; readonly t_grok: number | null },
  factor = 2,
): Transition {
  if (t_grok === null) return "never";
  return t_mem !== null && t_grok >= factor * t_mem ? "grokked" : "at once";
}
