import { switchValue } from "@grok/train/front-end";
import type { Command } from "commander";
import { UsageError } from "../usage-error";

/**
 * A command line in which every switch stands without a value: `--stop-on-grok=False` becomes
 * `--no-stop-on-grok`. Other arguments stay as they are.
 *
 * @throws UsageError for a switch with a value that says neither on nor off
 */
export function withoutSwitchValues(args: readonly string[], command: Command): string[] {
  const isSwitch = (flag: string) =>
    command.options.some(({ long, required }) => long === flag && !required);
  return args.flatMap((arg) => {
    const [, flag, value] = /^(--[^=]+)=(.*)$/s.exec(arg) ?? [];
    if (flag === undefined || value === undefined || !isSwitch(flag)) return arg;
    const isOn = switchValue(value);
    if (isOn === undefined) {
      throw new UsageError(
        `${flag} is on or off: write ${flag}, ${opposite(flag)}, ${flag}=true or ${flag}=false, not ${arg}.`,
      );
    }
    if (isOn) return flag;
    // A switch that has no opposite is off where it is not given.
    return isSwitch(opposite(flag)) ? opposite(flag) : [];
  });
}

function opposite(flag: string): string {
  return flag.startsWith("--no-") ? `--${flag.slice(5)}` : `--no-${flag.slice(2)}`;
}
