import type { Collection } from "@grok/train";
import type { Command, Option } from "commander";
import { subcommands } from "../arguments/operand";
import { GrokOption } from "../arguments/options";

/** What a value, or what follows a command without dashes, is completed from. */
export type Values =
  /** These words. */
  | { kind: "words"; words: readonly string[] }
  | { kind: "files" }
  | { kind: "folders" }
  /** Anything: nothing is offered. */
  | { kind: "free" };

/** A flag as a shell completes it. */
export interface FlagSyntax {
  /** With its dashes. */
  name: string;
  /** A few words. */
  description: string;
  /** What its value is completed from; null for a switch. */
  values: Values | null;
}

/** A command as a shell completes it. */
export interface CommandSyntax {
  /** The words that name it: one, or two as in `sweep export`. */
  words: readonly [string] | readonly [string, string];
  description: string;
  flags: readonly FlagSyntax[];
  operands: Values;
}

/** What else the completions are made of. */
export interface SyntaxSources {
  kinds: Collection;
  /** Published figures, by which `grok reproduce` calls them. */
  figures: readonly string[];
  /** Tasks of speedruns. */
  tracks: readonly string[];
}

/** The shells that there are completions for. */
export const shells = ["bash", "zsh", "fish"] as const;

/** Describes every command of a program: what the completions of all shells are made of. */
export function syntaxOf(root: Command, sources: SyntaxSources): CommandSyntax[] {
  return root.commands.map((command) => {
    const pair = subcommands.find(([, , name]) => name === command.name());
    const words: CommandSyntax["words"] =
      pair === undefined ? [command.name()] : [pair[0], pair[1]];
    const help = command.createHelp();
    const described = (option: Option) => brief(help.optionDescription(option));
    return {
      words,
      description: brief(command.summary()),
      flags: command.options
        .filter((option) => !option.hidden || isOffSwitch(option, command))
        .map((option) => ({
          name: option.long as string,
          description: described(option.hidden ? partner(option, command) : option),
          values: option.required ? valuesOf(option, sources) : null,
        }))
        .concat({ name: "--help", description: "print this command's help", values: null }),
      operands: operandsOf(command, sources),
    };
  });
}

/** `--no-x` of a switch `--x` that the help shows as `--[no-]x`. */
function isOffSwitch({ long }: Option, command: Command): boolean {
  if (!long?.startsWith("--no-")) return false;
  const on = command.options.find((each) => each.long === `--${long.slice("--no-".length)}`);
  return on !== undefined && command.createHelp().optionTerm(on).startsWith("--[no-]");
}

function partner({ long = "" }: Option, command: Command): Option {
  const name = `--${String(long).slice("--no-".length)}`;
  return command.options.find((each) => each.long === name) as Option;
}

function valuesOf(option: Option, { kinds }: SyntaxSources): Values {
  if (option.long === "--metrics") {
    const groups = kinds.metrics.flatMap(({ group }) => group ?? []);
    const names = kinds.metrics.map(({ name }) => name);
    return { kind: "words", words: [...new Set(["default", "all", ...groups, ...names])] };
  }
  const offers = option instanceof GrokOption ? option.offers : [];
  if (offers.length > 0) return { kind: "words", words: offers };
  return ofPlaceholder(/<(.*)>/.exec(option.flags)?.[1] ?? "");
}

/** What stands for a value in the help says what it is. */
function ofPlaceholder(placeholder: string): Values {
  if (/dir$|^run$/i.test(placeholder)) return { kind: "folders" };
  return /^file/i.test(placeholder) ? { kind: "files" } : { kind: "free" };
}

function operandsOf(command: Command, { figures, tracks }: SyntaxSources): Values {
  if (command.name() === "reproduce") return { kind: "words", words: figures };
  if (command.name() === "speedrun") return { kind: "words", words: tracks };
  if (command.name() === "completion") return { kind: "words", words: shells };
  const [first = "", second = ""] = command.registeredArguments.map((each) => each.name());
  // Where a file follows the folder, both are offered.
  return ofPlaceholder(second || first);
}

/** The beginning of a description that fits beside a flag in a list. */
function brief(text: string): string {
  const [clause = ""] = text.replace(/\s+/g, " ").split(/; | \(|\. /);
  return clause.length <= 72 ? clause : `${clause.slice(0, 71).replace(/\s+\S*$/, "")}…`;
}
