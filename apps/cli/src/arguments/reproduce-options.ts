import type { Command } from "commander";
import { addTakeOver } from "../run/take-over";
import type { GivenFlags } from "./given-flags";
import { addOption } from "./options";

const title = "Reproduction:";

/** The options of `grok reproduce`. */
export function addReproduceOptions(command: Command, given: GivenFlags): void {
  addOption(command, given, { name: "all", title, help: "every figure, one after another" });
  addOption(command, given, {
    name: "quick",
    title,
    help: "run fewer seeds, and of a grid less; what needs more gets no verdict",
  });
  addOption(command, given, {
    name: "seeds",
    value: "seeds",
    title,
    help: "other seeds than the figure's: 0..4, 1,2,7 or 3; with --record those of its own that are done now",
  });
  addOption(command, given, {
    name: "no-run",
    title,
    help: "run nothing; draw and judge what is there",
  });
  addOption(command, given, {
    name: "jobs",
    value: "n",
    title,
    help: "runs at once; as many as there are cores by default",
  });
  addOption(command, given, {
    name: "threads",
    value: "n",
    title,
    help: "threads of each run; the cores divided among the jobs by default",
  });
  addOption(command, given, {
    name: "allow-changes",
    title,
    help: "continue runs where another backend or other versions may give other numbers; their config.json says so then",
  });
  addTakeOver(command, given, title);
  addOption(command, given, {
    name: "reuse",
    value: "dir",
    title,
    help: "a tree of run folders, whatever they are called, whose runs need not be done again; may be repeated",
    repeats: true,
  });
  addOption(command, given, {
    name: "out-dir",
    value: "dir",
    title: "Output:",
    help: "folder of the figures (default: runs/reproduce)",
  });
  addOption(command, given, {
    name: "record",
    value: "dir",
    title: "Output:",
    help: "a clone to keep verdicts and pictures in: results/reproductions, docs/images/reproductions and docs/reproductions.md; runs that are recorded there count, and are not done again",
  });
  addOption(command, given, {
    name: "json",
    title: "Output:",
    help: "print verdicts as JSON, and all else to stderr",
  });
}
