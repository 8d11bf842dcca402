import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { root } from "../packages.ts";

/** What the campaign does with an experiment, in this order. */
export const stages = [
  "train",
  "kill and resume",
  "sweep 5 seeds",
  "analyze",
  "plot",
  "open the page",
] as const;
export type Stage = (typeof stages)[number];

/** What the campaign made of an experiment. */
export interface Outcome {
  readonly name: string;
  /** Lines of its extension; 0 if flags are enough. */
  readonly extension_lines: number;
  readonly flags: readonly string[];
  /** Lines of the same experiment as a loop of one's own. */
  readonly bare_loop_lines: number;
  /** Seconds that this loop takes, with its start. */
  readonly bare_loop_seconds: number;
  readonly same_bytes_after_kill: boolean;
  /** How many `grok analyze` and `grok plot` drew. */
  readonly figures: number;
  readonly seconds: Readonly<Record<Stage, number>>;
}

/** A campaign as results/own-experiment.json has it. */
export interface Campaign {
  readonly command: string;
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  /** Updates of each run. */
  readonly steps: number;
  readonly experiments: readonly Outcome[];
}

const file = join(root, "results/own-experiment.json");

/** Writes the outcome of a campaign. */
export async function record(steps: number, experiments: readonly Outcome[]): Promise<void> {
  const processors = cpus();
  const campaign: Campaign = {
    command: `node checks/src/own-experiment/campaign.ts --steps ${steps} --record`,
    date: new Date().toISOString().slice(0, 10),
    machine: `${processors[0]?.model ?? "unknown"}, ${processors.length} threads`,
    node: process.version,
    steps,
    experiments,
  };
  await writeFile(file, `${JSON.stringify(campaign, null, 2)}\n`);
}

/** The campaign that was recorded. */
export async function recorded(): Promise<Campaign> {
  return JSON.parse(await readFile(file, "utf8")) as Campaign;
}

/** The table of a campaign, as the guide has it. */
export function tableOf({ experiments }: Campaign): string {
  const titles = ["experiment", "lines", "bare loop: lines, time", ...stages, "same bytes"];
  const rows = experiments.map((each) => [
    each.name,
    each.extension_lines === 0 ? "flags" : String(each.extension_lines),
    `${each.bare_loop_lines}, ${each.bare_loop_seconds.toFixed(1)} s`,
    ...stages.map((stage) => `${each.seconds[stage].toFixed(1)} s`),
    each.same_bytes_after_kill ? "yes" : "no",
  ]);
  const lines = [titles, titles.map((_, i) => (i === 0 ? "---" : "---:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
