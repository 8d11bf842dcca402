import { type Collection, collect, type LoadedExtension } from "@grok/train";
import { suggestion, switchValue } from "@grok/train/front-end";
import { type Command, CommanderError } from "commander";
import type { ProcessEnv } from "../process-env";
import { UsageError } from "../usage-error";
import { commands } from "./commands";
import type { GivenFlags } from "./given-flags";
import type { Invocation } from "./invocation";
import { withoutSubcommand } from "./operand";
import { program } from "./program";
import { resumable } from "./run-commands";
import { withoutSwitchValues } from "./switch-value";

const names = Object.keys(commands);

/**
 * Reads a command line.
 *
 * @param extensions what `--use` named, whose settings are flags too
 * @returns what it asks for; null if that was the help or the version, which is then printed
 * @throws UsageError for an unknown command or flag, a missing value, or too many operands
 */
export function parseArguments(
  typed: readonly string[],
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Invocation | null {
  const kinds = collect(extensions);
  const args = withoutSubcommand(typed);
  const given: GivenFlags = {};
  const asked: Invocation[] = [];
  const root = program(processEnv, given, kinds, (command, operands) => {
    asked.push({ command, operands, given, extensions });
  });
  const [first, ...rest] = args.filter((arg) => arg !== "--debug");
  const command = root.commands.find((each) => each.name() === first);
  try {
    if (first === undefined) root.parse(["--help"], { from: "user" });
    else if (first === "help") root.parse([...rest, "--help"], { from: "user" });
    else root.parse(withoutSwitchValues(args, command ?? root), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(sentence(error, root, args, kinds), { cause: error });
  }
  return asked[0] ?? null;
}

/** What commander found wrong, in our words. */
function sentence(
  error: CommanderError,
  root: Command,
  args: readonly string[],
  kinds: Collection,
): string {
  const [, quoted = ""] = /'([^']*)'/.exec(error.message) ?? [];
  const command = root.commands.find((each) => args.includes(each.name()));
  const name = command?.name();
  switch (error.code) {
    case "commander.unknownCommand":
      return `Unknown command "${quoted}"; allowed are ${names.join(", ")}${suggestion(quoted, names) || "."}`;
    case "commander.unknownOption":
      return unknownFlag(quoted.replace(/=.*/s, ""), command, kinds);
    case "commander.optionMissingArgument":
      return `${quoted.replace(/ .*/, "")} needs a value.`;
    case "commander.missingArgument":
      return `grok ${name} needs ${operandsOf(command)[0]}, ${operandMeaning(name)}.`;
    case "commander.excessArguments":
      if (args.some(isSwitchWord)) {
        return `grok ${name} takes a switch's value only after a "=", as in --json=false.`;
      }
      return name === "train"
        ? `grok train takes flags only, each with one value; a shell needs quotes around "*", as in --op "*".`
        : `grok ${name} takes ${taken(operandsOf(command))}.`;
    default:
      return error.message.replace(/^error: /, "");
  }
}

/** Whether an argument that is no flag's value was meant for the switch before it. */
function isSwitchWord(arg: string): boolean {
  return /[a-z]/i.test(arg) && switchValue(arg) !== undefined;
}

function operandsOf(command: Command | undefined): string[] {
  return (command?.registeredArguments ?? []).map((operand) => operand.name());
}

/** Which operands a command takes, as the end of a sentence. */
function taken(operands: readonly string[]): string {
  if (operands.length === 0) return "flags only";
  return operands.map((name) => (name.endsWith("DIR") ? "one folder" : "one file")).join(" and ");
}

function operandMeaning(command: string | undefined): string {
  if (command === "sweep-export") return "the file of a sweep";
  if (command === "extension-bundle") return "the file of an extension";
  if (command === "new") return "the file to write";
  if (command === "completion") return "which is bash, zsh or fish";
  return command === "import" ? "the archive of a run" : "the folder of a run";
}

function unknownFlag(flag: string, command: Command | undefined, kinds: Collection): string {
  const name = flag.replace(/^--?/, "");
  const isOfTrain = name === "preset" || kinds.findFlag(name) !== undefined;
  if (command === undefined) {
    const example = isOfTrain ? `as in grok train ${flag}` : `which is one of ${names.join(", ")}`;
    return `${flag} must follow a command, ${example}.`;
  }
  const known = command.options.map(({ long }) => (long ?? "").slice(2));
  if (command.name() === "resume" && isOfTrain) {
    const allowed = known.filter((each) => resumable.includes(each));
    return `${flag} cannot be changed when a run is resumed; what can is ${allowed.map((each) => `--${each}`).join(", ")}.`;
  }
  const near = suggestion(
    `--${name}`,
    known.map((each) => `--${each}`),
  );
  return `Unknown flag ${flag}${near || `; grok ${command.name()} --help lists those that there are.`}`;
}
