import type { Collection } from "@grok/train";
import { Command, Option } from "commander";
import type { ProcessEnv } from "../process-env";
import { hasColor, styleFor } from "../terminal/style";
import { version } from "../version";
import { type CommandName, commands } from "./commands";
import type { Definition } from "./definition";
import type { GivenFlags } from "./given-flags";
import { addOption } from "./options";

const description =
  "Trains small networks until they grok: until, long after they know their training set by heart, they come to understand the rest.";

const examples = `
Examples:
  grok train                                          division mod 97, until it groks
  grok train --op + --weight-decay 2.0 --epochs 1000
  grok train --preset mlp --seed 3 --out-dir runs/mlp
  grok resume runs/mlp                                after Ctrl-C, or a crash
`;

/** Called with the command that was asked for. */
export type OnCommand = (command: CommandName, operands: string[]) => void;

/**
 * The command line as commander knows it: the commands with their flags and help. Help is written
 * to the environment's stdout; anything wrong is thrown as a CommanderError.
 */
export function program(
  processEnv: ProcessEnv,
  given: GivenFlags,
  kinds: Collection,
  onCommand: OnCommand,
): Command {
  const { stdout, env } = processEnv;
  const style = styleFor(stdout, env);
  const root = new Command("grok")
    .description(description)
    .usage("COMMAND [flags]")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this; after a command, its flags")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      // What was wrong is said once, by who catches it.
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(stdout.columns ?? 80, 100),
      getOutHasColors: () => hasColor(stdout, env),
    })
    .configureHelp({
      styleTitle: (title) => style("bold", title),
      styleOptionTerm: (term) => style("cyan", term),
      styleSubcommandTerm: (term) => style("cyan", term),
      subcommandTerm: (each) =>
        [each.name(), ...each.registeredArguments.map((operand) => operand.name())].join(" "),
    })
    .addHelpText("after", examples);
  for (const [name, definition] of Object.entries(commands)) {
    addCommand(root, name as CommandName, definition, given, kinds, onCommand);
  }
  addDebug(root, given);
  return root;
}

function addCommand(
  root: Command,
  name: CommandName,
  { operand, optional, summary, description, examples, addOptions }: Definition,
  given: GivenFlags,
  kinds: Collection,
  onCommand: OnCommand,
): void {
  const command = root
    .command(name)
    .usage([operand, optional && `[${optional}]`, "[flags]"].filter(Boolean).join(" "))
    .summary(summary)
    .description(description)
    .addHelpOption(new Option("-h, --help", "print this").helpGroup("Help:"))
    .action((...args: unknown[]) => {
      // Behind the operands commander gives its options and itself; several of one kind are a list.
      const operands = args
        .slice(0, -2)
        .flat()
        .filter((each) => each !== undefined);
      onCommand(name, operands as string[]);
    });
  if (operand !== undefined) command.argument(`<${operand}>`);
  if (optional !== undefined) command.argument(`[${optional}]`);
  addOptions(command, given, kinds);
  addDebug(command, given);
  if (examples !== undefined) command.addHelpText("after", examples);
}

function addDebug(command: Command, given: GivenFlags): void {
  addOption(command, given, {
    name: "debug",
    title: command.parent === null ? "Options:" : "Help:",
    help: "show where errors come from",
  });
}
