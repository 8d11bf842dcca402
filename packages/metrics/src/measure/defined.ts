/** A number as JSON can hold it: null if it is NaN or infinite. */
export function defined(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
