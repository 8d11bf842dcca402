/** What {@link signTest} gives. */
export interface SignTest {
  readonly rising: number;
  readonly falling: number;
  readonly p: number;
  /** The p of so many values if all of them rise: 2⁻ⁿ. */
  readonly least: number;
}

/**
 * Whether more values rise than fall: the exact one-sided sign test. Values of 0 are left out.
 *
 *     p = P(X ≥ rising),  X ~ Binomial(n, ½)
 *
 * @throws RangeError for a value that is not finite
 */
export function signTest(changes: readonly number[]): SignTest {
  for (const change of changes) {
    if (!Number.isFinite(change)) throw new RangeError(`a change must be finite, not ${change}`);
  }
  const rising = changes.filter((change) => change > 0).length;
  const falling = changes.filter((change) => change < 0).length;
  const n = rising + falling;
  let ways = 1;
  let atLeast = 0;
  for (let x = n; x >= 0; x--) {
    if (x >= rising) atLeast += ways;
    ways = (ways * x) / (n - x + 1);
  }
  return { rising, falling, p: atLeast / 2 ** n, least: 0.5 ** changes.length };
}
