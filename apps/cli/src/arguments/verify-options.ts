import type { Collection } from "@grok/train";
import type { Command } from "commander";
import type { GivenFlags } from "./given-flags";
import { addFlags, addOption } from "./options";
import { addUse } from "./use-options";

const title = "Verification:";

/** The options of `grok verify-resume`: its own, and those of `grok train`. */
export function addVerifyOptions(command: Command, given: GivenFlags, kinds: Collection): void {
  const own = [
    { name: "kills", value: "n", help: "kills at random instants, at least (default: 20)" },
    { name: "kill-seed", value: "n", help: "decides the instants (default: 0)" },
    { name: "no-boundaries", help: "leave out the kills before each operation on a file" },
    { name: "power", help: "also cut the power there: lose what was not flushed" },
    {
      name: "faults",
      help: "also full disks, write errors, damaged files, and two processes on one run",
    },
    {
      name: "fork",
      value: "step",
      help: "kill forks of a run at this step, with what --change says, and hold them against the run that was trained so from its beginning",
    },
    { name: "jobs", value: "n", help: "runs at a time (default: the cores)" },
    { name: "json", help: "print the outcome as JSON, and everything else to stderr" },
    { name: "preset", value: "name", help: "what is verified (default: a small transformer)" },
  ];
  addUse(command, given, title);
  for (const option of own) addOption(command, given, { title, ...option });
  const train = kinds.flags.filter(({ name }) => !["out-dir", "save-plot", "plots"].includes(name));
  addFlags(command, given, train, ({ description }) => description);
}
