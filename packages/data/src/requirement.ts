/**
 * Returns `value` if it is an integer within the bounds.
 *
 * @param what what the value is, as the subject of the error's sentence, e.g. `"The batch size"`
 * @throws RangeError if it is not
 */
export function requireInteger(
  what: string,
  value: number | undefined,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (value !== undefined && Number.isSafeInteger(value) && value >= min && value <= max) {
    return value;
  }
  const unbounded = max === Number.MAX_SAFE_INTEGER;
  const bounds =
    unbounded && min === Number.MIN_SAFE_INTEGER
      ? "a safe integer"
      : unbounded
        ? `an integer of at least ${min}`
        : `an integer from ${min} to ${max}`;
  throw new RangeError(`${what} must be ${bounds}, not ${String(value)}.`);
}

/**
 * Returns the entry of `table` under `name`.
 *
 * @param what what the name names, e.g. `"operation"`
 * @throws RangeError that lists the allowed names
 */
export function requireNamed<T>(what: string, name: string, table: ReadonlyMap<string, T>): T {
  const found = table.get(name);
  if (found !== undefined) return found;
  throw new RangeError(
    `Unknown ${what} "${String(name)}": it must be one of ${[...table.keys()].join(", ")}.`,
  );
}
