/**
 * Which points of a curve to keep so that its picture stays the same: of each pixel column the
 * first, the least, the greatest and the last (M4: Jugel, Jerzak, Hackenbroich & Markl 2014,
 * "M4: A Visualization-Oriented Time Series Data Aggregation"). No dip or spike is lost, and at
 * most four points per column remain, plus one NaN for each gap that leaves a whole column empty.
 *
 * @param columns the pixel column of each point, not decreasing
 * @param values the value of each point; one that is not finite is a gap
 * @returns indices in increasing order
 */
export function thinIndices(columns: ArrayLike<number>, values: ArrayLike<number>): number[] {
  const kept: number[] = [];
  let first = -1;
  let least = -1;
  let greatest = -1;
  let last = -1;
  let gap = -1;
  const closeColumn = () => {
    if (first < 0) return;
    const middle = least < greatest ? [least, greatest] : [greatest, least];
    for (const index of [first, ...middle, last]) {
      if (index !== kept[kept.length - 1]) kept.push(index);
    }
  };
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) {
      if (last >= 0 && gap < 0) gap = i;
      continue;
    }
    if (last < 0 || columns[i] !== columns[last]) {
      closeColumn();
      if (gap >= 0 && (columns[i] as number) > (columns[last] as number) + 1) kept.push(gap);
      first = least = greatest = i;
    } else {
      if (value < (values[least] as number)) least = i;
      if (value > (values[greatest] as number)) greatest = i;
    }
    last = i;
    gap = -1;
  }
  closeColumn();
  return kept;
}
