import { realpath, stat } from "node:fs/promises";
import { experimentOf, type LoadedExtension } from "@grok/train";
import { type Branch, type Lineal, lineageOf } from "@grok/train/fork";
import { changesText, type ServedRun, taskText } from "@grok/train/front-end";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { count, percent } from "../quantity";
import { RunIndex } from "../serve/run-index";
import { type Status, status } from "../status";
import { styleFor } from "../terminal/style";
import { type Column, table } from "../terminal/table";
import { UsageError } from "../usage-error";

const columns: Column[] = [
  { title: "run" },
  { title: "status" },
  { title: "step", align: "right" },
  { title: "t_mem", align: "right" },
  { title: "t_grok", align: "right" },
  { title: "val acc", align: "right" },
  { title: "what it is" },
];

/**
 * Lists the runs in a folder and below it; a fork stands under the run that it was made of, with what
 * is different. With `--json` a line of JSON for each.
 *
 * @throws UsageError if there is no such folder
 */
export async function runs(
  folder: string,
  { json }: GivenFlags,
  { stdout, stderr, env }: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const root = await realpath(folder).catch(() => null);
  if (root === null || !(await stat(root)).isDirectory()) {
    throw new UsageError(`There is no folder ${folder}.`);
  }
  const index = new RunIndex(root);
  try {
    await index.update();
    const { runs: found, problem } = await index.list();
    if (problem !== null) stderr.write(`${problem}\n`);
    if (found.length === 0 && json !== true) {
      stdout.write(`There is no run in ${folder}; grok train makes one.\n`);
      return status.done;
    }
    const branches = await lineageOf(found.map((run) => ({ ...run, id: run.name })));
    if (json === true) {
      for (const { run, parent } of branches) {
        const { name, config, summary, last, isInUse, problem: why } = run;
        const line = { run: name, parent, config, summary, last, isInUse, problem: why };
        stdout.write(`${JSON.stringify(line)}\n`);
      }
      return status.done;
    }
    const rows = branches.map((branch) => rowOf(branch, extensions));
    stdout.write(table(columns, rows, styleFor(stdout, env)));
    return status.done;
  } finally {
    index.close();
  }
}

function rowOf(
  branch: Branch<ServedRun & Lineal>,
  extensions: readonly LoadedExtension[],
): string[] {
  const { run, depth } = branch;
  const { config, summary, last, isInUse, problem } = run;
  const name = `${depth === 0 ? "" : `${"  ".repeat(depth - 1)}└ `}${run.name || "."}`;
  if (config === null) return [name, "unreadable", "", "", "", "", problem ?? ""];
  const steps = (step: number | null | undefined) => (typeof step === "number" ? count(step) : "–");
  const accuracy = last === null || Number.isNaN(last.val_acc) ? "–" : percent(last.val_acc);
  return [
    name,
    isInUse ? "training" : (summary?.status ?? "stopped"),
    steps(summary?.steps ?? last?.step ?? 0),
    steps(summary?.t_mem),
    steps(summary?.t_grok),
    accuracy,
    whatOf(config, depth > 0, extensions),
  ];
}

/** What a run is: of a fork, what is different from its parent; else what it learns. */
function whatOf(
  config: NonNullable<Lineal["config"]>,
  isFork: boolean,
  extensions: readonly LoadedExtension[],
): string {
  const { forkedFrom } = config;
  const experiment = experimentOf(config);
  const from = forkedFrom?.step ?? Number.POSITIVE_INFINITY;
  const own = (experiment.changes ?? []).filter(({ at }) => !isFork || at >= from);
  const text = changesText(own, { extensions });
  if (isFork) return text === "" ? `from step ${count(from)}` : text;
  const task = taskText(experiment, { extensions });
  return text === "" ? task : `${task}; ${text}`;
}
