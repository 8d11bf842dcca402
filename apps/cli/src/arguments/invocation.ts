import type { LoadedExtension } from "@grok/train";
import type { CommandName } from "./commands";
import type { GivenFlags } from "./given-flags";

/** What a command line asks for. */
export interface Invocation {
  command: CommandName;
  /** What follows the command without dashes. */
  operands: string[];
  /** Flags as they were typed, without dashes: a text, or whether a switch is on. */
  given: GivenFlags;
  /** What `--use` named. */
  extensions: readonly LoadedExtension[];
}
