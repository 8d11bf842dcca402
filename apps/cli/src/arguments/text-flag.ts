import { UsageError } from "../usage-error";
import type { GivenFlags } from "./given-flags";

/**
 * What a flag was given; undefined if it was not.
 *
 * @throws UsageError if it was given nothing
 */
export function textFlag(given: GivenFlags, name: string): string | undefined {
  if (given[name] === "") throw new UsageError(`--${name} needs a value.`);
  return given[name] === undefined ? undefined : String(given[name]);
}
