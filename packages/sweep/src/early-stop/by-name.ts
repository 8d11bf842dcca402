import { SweepError } from "../sweep-error";
import type { EarlyStop } from "./early-stop";
import { halvingRule } from "./halving-rule";
import { medianRule } from "./median-rule";

const rules: Record<string, (() => EarlyStop) | undefined> = {
  median: medianRule,
  halving: halvingRule,
};

/** The rule of a name, with its defaults. Throws a SweepError if there is none. */
export function earlyStopByName(name: string): EarlyStop {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined) {
    throw new SweepError(
      `--early-stop must be one of ${Object.keys(rules).join(", ")}, not "${name}".`,
    );
  }
  return rule();
}
