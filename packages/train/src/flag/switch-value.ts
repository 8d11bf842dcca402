/** Words for on and off, as other tools take them. */
const words: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["off", false],
  ["0", false],
]);

/**
 * Whether a text says on or off: `true`, `yes`, `on` and `1`, or `false`, `no`, `off` and `0`, in any
 * case. Undefined if it says neither.
 */
export function switchValue(text: string): boolean | undefined {
  return words.get(text.trim().toLowerCase());
}
