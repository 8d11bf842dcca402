import type { Collection } from "@grok/train";
import type { Command } from "commander";
import { addFont } from "../figure/fonts";
import { addTakeOver } from "../run/take-over";
import type { GivenFlags } from "./given-flags";
import { addFlags, addOption } from "./options";
import { addSweepQueueOptions } from "./queue-options";
import { addTrustOfSweep, addUse } from "./use-options";

const title = "Sweep:";

/** What a flag of a run means to a sweep, where that is something else. */
const meanings: Record<string, string | undefined> = {
  "out-dir": "folder of the sweep (default: runs/sweeps/NAME of the file, or of what is asked for)",
  plots: "draw the sweep's figures (default: true)",
  threads: "threads of each run; the cores divided among the jobs by default",
};

/** Flags of `train` that a sweep has no use for. */
const useless = new Set(["save-plot"]);

/** The options of `grok sweep`: its own, and those of every run. */
export function addSweepOptions(command: Command, given: GivenFlags, kinds: Collection): void {
  addOption(command, given, {
    name: "grid",
    value: "flag=values",
    title,
    help: "a flag that varies: 0.1,1,10, or 0.1..10:5 for five values, or 0.1..10:5log; may be repeated",
    repeats: true,
  });
  addOption(command, given, {
    name: "seeds",
    value: "seeds",
    title,
    help: "seeds of each point: 0..4, or 1,2,7",
  });
  addOption(command, given, {
    name: "jobs",
    value: "n",
    title,
    help: "runs at once; as many as there are cores by default",
  });
  addOption(command, given, {
    name: "reuse",
    value: "dir",
    title,
    help: "folder of another sweep whose runs count as done; the sweeps beside this one do anyway; may be repeated",
    repeats: true,
  });
  addOption(command, given, {
    name: "no-reuse",
    title,
    help: "do every run, even if a sweep beside this one has done it",
  });
  addOption(command, given, {
    name: "adaptive",
    title,
    help: "make those runs of the sweep that tell most of where its phase boundary is, until it is found or the budget spent",
  });
  addOption(command, given, {
    name: "budget",
    value: "n",
    title,
    help: "runs that --adaptive may make",
  });
  addOption(command, given, {
    name: "early-stop",
    value: "rule",
    title,
    offers: ["median", "halving"],
    help: "stop runs that do worse than others at the same step: median or halving; those might have grokked, sweep.json names them, and without the flag they continue",
  });
  addOption(command, given, {
    name: "allow-changes",
    title,
    help: "continue runs where another backend or other versions may give other numbers; their config.json says so then",
  });
  addTakeOver(command, given, title);
  addOption(command, given, {
    name: "dry-run",
    title,
    help: "only show the runs, how many they are, and how long they would take",
  });
  addOption(command, given, {
    name: "preset",
    value: "name",
    title,
    offers: [...kinds.presets.keys()],
    help: "where settings that nothing names come from; wins over the file's",
  });
  addOption(command, given, {
    name: "json",
    title: "Output:",
    help: "print each run that ends as a line of JSON, and all else to stderr",
  });
  addFont(command, given);
  addUse(command, given, title);
  addTrustOfSweep(command, given, title);
  addSweepQueueOptions(command, given);
  const allowed = kinds.flags.filter(({ name }) => !useless.has(name));
  addFlags(command, given, allowed, (flag) => meanings[flag.name] ?? flag.description);
}
