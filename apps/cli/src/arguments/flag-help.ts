import type { Collection, Experiment } from "@grok/train";
import { type Flag, flagDefault, flagLimits } from "@grok/train/front-end";

/** What stands for a flag's value in the help. */
export function placeholder(flag: Flag): string {
  if (flag.type === "choice") return "name";
  if (flag.type === "number") return "n";
  if (flag.name === "metrics") return "list";
  if (flag.isFile) return "file";
  return flag.name.endsWith("dir") ? "dir" : flag.name.startsWith("save") ? "file" : "text";
}

/** What the help says of a flag: what it is, what it may be, and its default in an experiment. */
export function flagHelp(flag: Flag, experiment: Experiment, kinds?: Collection): string {
  const notes: string[] = [];
  const limits = flag.choices?.join(", ") ?? flagLimits(flag, kinds);
  // What every number on a machine keeps to is no news, and what a list is the description says.
  if (limits !== null && flag.type !== "string")
    notes.push(limits.replace(/ of at most 2\^53.*/, ""));
  const value = outputDefaults[flag.name] ?? flagDefault(flag, experiment, kinds);
  if (value !== null) notes.push(`default: ${value}`);
  if (flag.aliases.length > 0) {
    notes.push(`also ${flag.aliases.map((alias) => `--${alias}`).join(", ")}`);
  }
  return notes.length === 0 ? flag.description : `${flag.description} (${notes.join("; ")})`;
}

/** Defaults of what is no part of an experiment. */
const outputDefaults: Record<string, string | undefined> = {
  "out-dir": "runs/PRESET-OP-seedN, numbered where that exists",
  "order-params": "false",
  plots: "true",
};
