import { machineCommands } from "./machine-commands";
import { recordCommands } from "./record-commands";
import { runCommands } from "./run-commands";
import { sweepCommands } from "./sweep-commands";

/** The commands there are, in the order of the help. */
export const commands = {
  ...runCommands,
  ...recordCommands,
  ...sweepCommands,
  ...machineCommands,
} as const;

/** A command's name. */
export type CommandName = keyof typeof commands;
