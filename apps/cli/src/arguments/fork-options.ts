import type { Collection } from "@grok/train";
import type { Command } from "commander";
import { addFont } from "../figure/fonts";
import { addTakeOver } from "../run/take-over";
import type { GivenFlags } from "./given-flags";
import { addFlags, addOption } from "./options";
import { addTrust, addUse } from "./use-options";

const title = "Fork:";

/** The options of `grok fork`: its own, and the settings that can be others from its step on. */
export function addForkOptions(command: Command, given: GivenFlags, kinds: Collection): void {
  addOption(command, given, {
    name: "at",
    value: "step",
    title,
    offers: ["t_mem", "t_grok"],
    help: "the step from whose next update on the flags hold: a number, t_mem or t_grok",
  });
  addOption(command, given, {
    name: "seeds",
    value: "seeds",
    title,
    help: "a fork for each of these seeds, 0..4 or 1,2,7, which decides the order of its examples from there on",
  });
  addOption(command, given, {
    name: "no-train",
    title,
    help: "only make the run; grok resume trains it",
  });
  addOption(command, given, {
    name: "allow-changes",
    title,
    help: "continue where another backend or other versions may give other numbers; config.json says so then",
  });
  addUse(command, given, title);
  addTrust(command, given, title);
  addTakeOver(command, given, title);
  addFont(command, given);
  addOption(command, given, {
    name: "json",
    title: "Output:",
    help: "print each evaluation as a line of JSON, and all else to stderr",
  });
  const allowed = kinds.flags.filter(({ path, group }) => isOfFork(path) || group === "output");
  addFlags(command, given, allowed, (flag) =>
    flag.name === "out-dir"
      ? "folder of the new run (default: RUN_DIR-atSTEP, numbered if that exists)"
      : flag.description,
  );
}

/** Whether a setting can be another one in mid-run, or says how long a run lasts and what is kept. */
function isOfFork(path: string | null): boolean {
  if (path === null) return false;
  return (
    /^(task|optimizer|changes|backend|threads)(\.|$)/.test(path) ||
    (path.startsWith("training.") && !/^training\.(trainMetric|eval|metrics|grok|mem)/.test(path))
  );
}
