/** How far two libraries' losses may be apart, as a share: rounding grows with the steps. */
const tolerance = 0.001;

/** The verdict on an implementation that trains as it should. */
export const fine = "trains";

/**
 * Whether an implementation trains: it must make the same losses as ours on the common first steps, and
 * bring the loss down.
 *
 * @param losses its losses on the common first steps
 * @param last the newest loss that is known; null if too few steps were made for it to have fallen
 * @param common ours; at least as many
 */
export function judge(
  losses: readonly number[],
  last: number | null,
  common: readonly number[],
): string {
  for (const [step, loss] of losses.entries()) {
    const expected = common[step] as number;
    if (!(Math.abs(loss - expected) <= tolerance * expected)) {
      return `its loss at step ${step + 1} is ${loss}, ours is ${expected}`;
    }
  }
  if (last === null) return fine;
  const first = losses[0] ?? Number.NaN;
  return last < first ? fine : `its loss went from ${first} to ${last}`;
}
