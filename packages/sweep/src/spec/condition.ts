import type { Condition, Settings, Value } from "./spec";

/**
 * Whether settings are what a condition names, flag by flag: a value, one of a list, or a number
 * within bounds, the bounds included. What is not given is none of them.
 */
export function holds(condition: Condition, settings: Settings): boolean {
  return Object.entries(condition).every(([flag, expected]) => {
    const value = settings[flag];
    if (value === undefined) return false;
    if (Array.isArray(expected)) return expected.some((each) => isSame(each, value));
    if (typeof expected !== "object" || expected === null) return isSame(expected, value);
    const number = typeof value === "string" ? Number(value) : value;
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = expected;
    return typeof number === "number" && number >= from && number <= to;
  });
}

/** Text of the command line is the same as the data that it names: `0.10` is 0.1. */
function isSame(a: Value, b: Value): boolean {
  if (a === b || String(a) === String(b)) return true;
  const isText = (value: Value) => typeof value === "string" && value.trim() === "";
  return !isText(a) && !isText(b) && a !== null && b !== null && Number(a) === Number(b);
}
