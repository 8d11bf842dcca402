/** Throws a RangeError unless `value` is a whole number of at least `least`. */
export function checkCount(name: string, value: number, least = 1): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`${name} is ${value}: it must be a whole number of at least ${least}`);
  }
}

/** Throws a RangeError unless `value` is a positive number, or undefined. */
export function checkScale(name: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0 && Number.isFinite(value))) {
    throw new RangeError(`${name} is ${value}: it must be a positive number`);
  }
}

/** Throws a RangeError unless `value` is one of `allowed`. */
export function checkChoice(name: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) {
    throw new RangeError(`${name} is ${JSON.stringify(value)}: allowed are ${allowed.join(", ")}`);
  }
}
