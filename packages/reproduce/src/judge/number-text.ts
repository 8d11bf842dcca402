/** Four digits of a small number, all of a whole one; only what is 1 reads 1. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) || Math.abs(value) >= 1000) {
    return Math.round(value).toLocaleString("en-US");
  }
  const text = String(Number(value.toPrecision(4)));
  return text === "1" && value < 1 ? "0.9999" : text;
}

/** A band in words. */
export function bandText([low, high]: readonly [number, number]): string {
  if (high === Number.POSITIVE_INFINITY) return `${short(low)} or more`;
  if (low === Number.NEGATIVE_INFINITY) return `${short(high)} or less`;
  return low === high ? short(low) : `${short(low)} to ${short(high)}`;
}
