import type { LockOptions } from "@grok/train/node";
import type { Command } from "commander";
import type { GivenFlags } from "../arguments/given-flags";
import { addOption } from "../arguments/options";
import type { ProcessEnv } from "../process-env";
import type { Interrupt } from "./interrupt";

/** Adds `--take-over` to a command that writes to a folder. */
export function addTakeOver(command: Command, given: GivenFlags, title: string): void {
  addOption(command, given, {
    name: "take-over",
    title,
    help: "take the folder from a process that cannot be seen from here, in a container or on a machine that is gone, once its lease of 30 s has run out",
  });
}

/** How the command takes a folder: it waits until a signal, and says on stderr what for. */
export function lockOptions(
  takeOver: string | boolean | undefined,
  { signal }: Interrupt,
  { stderr }: ProcessEnv,
): LockOptions {
  return {
    takeOver: takeOver === true,
    signal,
    onWait: (sentence) => void stderr.write(`${sentence}\n`),
  };
}
