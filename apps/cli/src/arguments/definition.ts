import type { Collection } from "@grok/train";
import type { Command } from "commander";
import type { GivenFlags } from "./given-flags";
import { addOption } from "./options";

/** A command as its help tells it. */
export interface Definition {
  /** What follows its name without dashes. */
  operand?: string;
  /** What may follow that. */
  optional?: string;
  summary: string;
  description: string;
  examples?: string;
  addOptions: (command: Command, given: GivenFlags, kinds: Collection) => void;
}

/** The heading of options about what a command writes. */
export const output = "Output:";

/** Adds `--json` to a command. */
export function addJson(command: Command, given: GivenFlags, help: string): void {
  addOption(command, given, { name: "json", title: output, help });
}
