/** The steps at which more than half of the runs have a value: beyond, a band is of a few alone. */
export function middle<T extends { runs: number }>(band: readonly T[], runs: number): T[] {
  return band.filter((each) => 2 * each.runs > runs);
}
