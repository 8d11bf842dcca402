import type { Collection } from "@grok/train";
import type { Command } from "commander";
import { addTakeOver } from "../run/take-over";
import { addJson, output } from "./definition";
import type { GivenFlags } from "./given-flags";
import { addFlags, addOption } from "./options";
import { addUse } from "./use-options";

const title = "Speedrun:";

/** Flags of `train` that mean something else to a speedrun, or nothing. */
const useless = new Set(["out-dir", "save-plot", "plots", "seed", "threads"]);

/** `speedrunMeasures` of @grok/sweep/speedrun, which takes too long to load for a help. */
export const orders = ["flops", "steps", "seconds"];

/** The options of `grok speedrun`: its own, and those of every run. */
export function addSpeedrunOptions(command: Command, given: GivenFlags, kinds: Collection): void {
  const own = [
    {
      name: "name",
      value: "name",
      help: "runs the track with the flags below, and writes a record of this name: lower-case letters, digits and dashes",
    },
    { name: "by", value: "text", help: "who the record is from" },
    { name: "note", value: "text", help: "a sentence on what makes it fast" },
    {
      name: "seeds",
      value: "seeds",
      help: "which of the 20 seeds are run, as 0..4; a record with fewer has no rank. With --check: which are run again (default: 0)",
    },
    { name: "check", value: "file", help: "run seeds of a record again, and compare" },
    { name: "jobs", value: "n", help: "runs at once; times are of one at a time (default: 1)" },
    {
      name: "threads",
      value: "n",
      help: "threads of each run (default: the cores divided among the jobs)",
    },
  ];
  for (const option of own) addOption(command, given, { title, ...option });
  addTakeOver(command, given, title);
  addUse(command, given, title);
  addOption(command, given, {
    name: "preset",
    value: "name",
    title,
    offers: [...kinds.presets.keys()],
    help: "where settings come from that no flag names",
  });
  addOption(command, given, {
    name: "order",
    value: "measure",
    title: output,
    offers: orders,
    help: `what the board is ranked by: ${orders.join(", ")} (default: flops)`,
  });
  addOption(command, given, {
    name: "board",
    value: "dir",
    title: output,
    help: "a folder of records (default: results/speedrun)",
  });
  addOption(command, given, {
    name: "out-dir",
    value: "dir",
    title: output,
    help: "folder of the runs and the record (default: runs/speedrun/TRACK/NAME)",
  });
  addOption(command, given, {
    name: "record",
    value: "dir",
    title: output,
    help: "a clone to keep the record in: results/speedrun/TRACK/NAME.json and docs/speedrun.md",
  });
  addJson(command, given, "print the board, the record or the comparison as JSON");
  const train = kinds.flags.filter(
    ({ name, group }) => !useless.has(name) && (group !== "task" || name === "layout"),
  );
  addFlags(command, given, train, ({ description }) => description);
}
