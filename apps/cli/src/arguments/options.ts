import type { Flag } from "@grok/train/front-end";
import { type Command, Option } from "commander";
import { UsageError } from "../usage-error";
import { placeholder } from "./flag-help";
import type { GivenFlags } from "./given-flags";

const groupTitles: Record<Flag["group"], string> = {
  task: "Task:",
  model: "Network:",
  optimizer: "Optimizer:",
  training: "Training:",
  run: "Run:",
  output: "Output:",
};

/** An option of a command. */
interface OptionDescription {
  /** Without dashes. */
  name: string;
  /** What stands for its value; none for a switch. */
  value?: string;
  /** The heading of the help that it stands under; without it, the help leaves the option out. */
  title?: string;
  help?: string;
  /** May be given several times; what was typed is then kept as lines. */
  repeats?: true;
  /** Values that a shell offers for it. */
  offers?: readonly string[];
}

/** An option, with what a shell completes its value from. */
export class GrokOption extends Option {
  /** Values that a shell offers; others may be allowed. */
  offers: readonly string[] = [];
}

/** Adds an option that keeps what was typed under the name it was typed with. */
export function addOption(
  command: Command,
  given: GivenFlags,
  { name, value, title, help, repeats, offers = [] }: OptionDescription,
): Option {
  const option = new GrokOption(value === undefined ? `--${name}` : `--${name} <${value}>`, help);
  option.offers = offers;
  if (title === undefined) option.hideHelp();
  else option.helpGroup(title);
  command.addOption(option);
  if (value === undefined) addOpposite(command, given, name);
  command.on(`option:${option.name()}`, (text?: string) => {
    if (value === undefined) given[name.replace(/^no-/, "")] = !name.startsWith("no-");
    else {
      const typed = taken(command, name, text ?? "");
      const before = repeats === true ? given[name] : undefined;
      given[name] = before === undefined ? typed : `${String(before)}\n${typed}`;
    }
  });
  return option;
}

/** A switch that is on can be given as off, and the other way round, though no help says so. */
function addOpposite(command: Command, given: GivenFlags, name: string): void {
  const isOn = name.startsWith("no-");
  const opposite = new Option(`--${isOn ? name.slice(3) : `no-${name}`}`).hideHelp();
  if (command.options.some(({ long }) => long === opposite.long)) return;
  command.addOption(opposite);
  command.on(`option:${opposite.name()}`, () => {
    given[name.replace(/^no-/, "")] = isOn;
  });
}

/**
 * Adds the options of a table of flags.
 *
 * @param describe what the help says of a flag; asked when the help is printed
 */
export function addFlags(
  command: Command,
  given: GivenFlags,
  flags: readonly Flag[],
  describe: (flag: Flag) => string,
): void {
  const shown = new Map<Option, Flag>();
  for (const flag of flags) {
    const value = flag.type === "boolean" ? undefined : placeholder(flag);
    for (const name of [flag.name, ...flag.aliases]) {
      const title = name === flag.name ? groupTitles[flag.group] : undefined;
      const repeats = flag.path === "changes" ? ({ repeats: true } as const) : {};
      const offers = flag.choices ?? [];
      const option = addOption(command, given, { name, value, title, offers, ...repeats });
      if (title !== undefined) shown.set(option, flag);
    }
  }
  command.configureHelp({
    ...command.configureHelp(),
    optionTerm(option) {
      const flag = shown.get(option);
      return flag?.type === "boolean" ? `--[no-]${flag.name}` : option.flags;
    },
    optionDescription(option) {
      const flag = shown.get(option);
      return flag === undefined ? option.description : describe(flag);
    },
  });
}

/** A value as typed, unless it is the next option: commander takes whatever follows. */
function taken(command: Command, name: string, text: string): string {
  const isOption = command.options.some(({ long }) => long === text.replace(/=.*/s, ""));
  if (!isOption) return text;
  throw new UsageError(`--${name} needs a value, and ${text} is another flag.`);
}
