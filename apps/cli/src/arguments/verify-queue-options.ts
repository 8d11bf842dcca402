import type { Command } from "commander";
import type { GivenFlags } from "./given-flags";
import { addOption } from "./options";

/** The options of `grok verify-queue`. */
export function addVerifyQueueOptions(command: Command, given: GivenFlags): void {
  const own = [
    { name: "faults", value: "n", help: "faults, at least (default: 50)" },
    { name: "fault-seed", value: "n", help: "decides which comes when (default: 0)" },
    { name: "runs", value: "n", help: "runs of a round, of about 400 steps (default: 20)" },
    { name: "only", value: "text", help: "only faults whose name has this in it" },
    {
      name: "other-node",
      value: "file",
      help: "another Node, for one of the workers (default: /usr/bin/node if it is another)",
    },
    { name: "json", help: "print the outcome as JSON, and everything else to stderr" },
  ];
  for (const option of own) addOption(command, given, { title: "Verification:", ...option });
}
