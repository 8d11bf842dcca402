import { operations } from "@grok/data";

/**
 * What the choices of a flag are, if they are operations: `a² + ab + b²` instead of `x2+xy+y2`.
 *
 * @returns null if they are something else
 */
export function choiceTitles(choices: readonly string[] | null): Record<string, string> | null {
  const known = operations.filter(({ name }) => choices?.includes(name) === true);
  if (known.length === 0) return null;
  return Object.fromEntries(
    known.map(({ name, description }) => [name, description.replace(" mod p", "")]),
  );
}
