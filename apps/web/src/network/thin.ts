/**
 * At most about `max` of things that happened at ascending steps, where there are more of them; else
 * the same array. Steps are cut into equal stretches of their root, between a curve that is linear in
 * steps and one that is logarithmic; of each the first stays, and what `isKept` picks. The first and
 * the last always stay.
 */
export function thin<T extends { readonly step: number }>(
  items: readonly T[],
  max: number,
  isKept: (item: T) => boolean = () => false,
): readonly T[] {
  const [first, last] = [items[0], items.at(-1)];
  if (items.length <= max || first === undefined || last === undefined) return items;
  const start = Math.sqrt(first.step);
  const stretch = (Math.sqrt(last.step) - start) / Math.max(1, Math.floor(max / 2));
  let stretchBefore = -1;
  return items.filter((item) => {
    const at = Math.floor((Math.sqrt(item.step) - start) / stretch);
    const isFirst = at !== stretchBefore;
    stretchBefore = at;
    return isFirst || item === last || isKept(item);
  });
}
