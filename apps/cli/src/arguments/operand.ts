import { collect } from "@grok/train";
import type { World } from "../world";
import { program } from "./program";

/** `grok sweep export` and `grok extension bundle` are commands; a file of that name is ./export. */
export function withoutSubcommand(args: readonly string[]): readonly string[] {
  const [first, second, ...rest] = args;
  if (first === "sweep" && second === "export") return ["sweep-export", ...rest];
  return first === "extension" && second === "bundle" ? ["extension-bundle", ...rest] : args;
}

/**
 * The file that a command line of a sweep names, before the flags of its extensions are known: it
 * stands before any of those.
 *
 * @returns null if there is none, or the command line is wrong, which the parser says
 */
export function sweepFileOf([name, ...args]: readonly string[], world: World): string | null {
  const command = program(world, {}, collect(), () => {}).commands.find(
    (each) => each.name() === name,
  );
  try {
    return command?.parseOptions([...args]).operands[0] ?? null;
  } catch {
    return null;
  }
}
