import { collect } from "@grok/train";
import type { Command } from "commander";
import type { ProcessEnv } from "../process-env";
import type { CommandName } from "./commands";
import { program } from "./program";

/** Commands of two words, and their names: `grok sweep export` is `sweep-export`. */
export const subcommands = [
  ["sweep", "export", "sweep-export"],
  ["extension", "bundle", "extension-bundle"],
] as const satisfies [string, string, CommandName][];

/** A command line with a command's name instead of its two words; a file of that name is ./export. */
export function withoutSubcommand(args: readonly string[]): readonly string[] {
  const [first, second, ...rest] = args;
  const found = subcommands.find(([one, two]) => one === first && two === second);
  return found === undefined ? args : [found[2], ...rest];
}

/** Whether a command takes `--use`, whose files add to its flags. */
export function takesUse(name: string, processEnv: ProcessEnv): boolean {
  return commandOf(name, processEnv)?.options.some(({ long }) => long === "--use") === true;
}

/**
 * The file that a command line of a sweep names, before the flags of its extensions are known: it
 * stands before any of those.
 *
 * @returns null if there is none, or the command line is wrong, which the parser says
 */
export function sweepFileOf(
  [name = "", ...args]: readonly string[],
  processEnv: ProcessEnv,
): string | null {
  try {
    return commandOf(name, processEnv)?.parseOptions([...args]).operands[0] ?? null;
  } catch {
    return null;
  }
}

/** A command with the flags of what is built in. */
function commandOf(name: string, processEnv: ProcessEnv): Command | undefined {
  return program(processEnv, {}, collect(), () => {}).commands.find((each) => each.name() === name);
}
