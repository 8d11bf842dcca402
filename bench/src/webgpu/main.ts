// The comparison on graphics devices. `pnpm bench --backend webgpu --help` lists its flags.
import { fileURLToPath } from "node:url";
import { showSoftwareAdapter } from "../../../packages/backend/scripts/software-adapter.mjs";
import { Child } from "../child.ts";
import { conclude } from "../conclude.ts";
import { machine } from "../machine.ts";
import { UsageError } from "../options.ts";
import type { Adapter } from "../protocol.ts";
import { Report } from "../report.ts";
import { type Cut, workload } from "../workload.ts";
import { webgpuImplementations } from "./implementations.ts";
import { measureOnWebgpu } from "./measure.ts";
import { help, parseWebgpuOptions, type WebgpuOptions } from "./options.ts";
import type { MainJobRun, WebgpuResult, WebgpuSettings } from "./result.ts";
import { webgpuTable } from "./table.ts";

/**
 * What a software adapter, which takes minutes for a whole batch, has time for; what is asked of a
 * device depends on the network alone.
 */
const softwareCut: Cut = { examples: 16, checkSteps: 3 };

/** The longest that an answer may take there, in milliseconds. */
const softwarePatience = 1_200_000;

/** Seeds of the main job, as in results/main-job.json. */
const seeds = [0, 1, 2, 3, 4];

const notes = {
  hardware:
    "Host: until the last step was submitted; device: its passes by its own clock; whole: until it had computed all; a run less a shorter one.",
  software:
    "On a software adapter only the counts mean something: batches are small, times and speeds mean nothing.",
};

/** Asks a process of its own one thing. */
async function ask(script: string, ...args: string[]): Promise<unknown> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = new Child({ file: process.execPath, args: ["--no-warnings", file, ...args] });
  return child.ready();
}

async function trainMainJob(report: Report): Promise<MainJobRun[] | null> {
  const runs: MainJobRun[] = [];
  for (const seed of seeds) {
    report.progress(`the main job, seed ${seed}`);
    try {
      runs.push((await ask("main-job-run.ts", String(seed))) as MainJobRun);
    } catch (error) {
      report.skip(`the main job, seed ${seed}: ${(error as Error).message}`);
    }
  }
  return runs.length === 0 ? null : runs;
}

async function compare(
  options: WebgpuOptions,
  command: string,
  report: Report,
): Promise<WebgpuResult> {
  if (options.software) showSoftwareAdapter();
  const adapter = (await ask("find-adapter.ts")) as Adapter;
  const { isSoftware } = adapter;
  const cut: Cut = isSoftware ? softwareCut : {};
  const settings: WebgpuSettings = {
    rounds: options.rounds ?? (isSoftware ? 0 : 9),
    sliceSeconds: isSoftware ? 0 : 0.5,
    warmSeconds: isSoftware ? 0 : 1,
    steps: options.steps ?? (isSoftware ? 2 : 64),
  };
  const result: WebgpuResult = {
    date: new Date().toISOString(),
    command,
    machine: machine(),
    adapter,
    note: isSoftware ? notes.software : notes.hardware,
    versions: {},
    settings,
    workloads: [],
    mainJob: null,
    skipped: report.skipped,
  };
  const implementations = webgpuImplementations(options, adapter, cut);
  for (const id of options.workloads) {
    const measured = await measureOnWebgpu(
      workload(id, cut),
      implementations,
      settings,
      report,
      isSoftware ? softwarePatience : undefined,
    );
    result.workloads.push(measured.result);
    Object.assign(result.versions, measured.versions);
  }
  if (options.mainJob) {
    if (isSoftware) report.skip("the main job: not measured: software adapter");
    else result.mainJob = await trainMainJob(report);
  }
  return result;
}

async function main(args: readonly string[]): Promise<number> {
  const report = new Report();
  let result: WebgpuResult;
  let json: string | undefined;
  try {
    const options = parseWebgpuOptions(args);
    if (options === "help") {
      process.stdout.write(help);
      return 0;
    }
    json = options.json;
    result = await compare(options, ["pnpm bench", ...args].join(" "), report);
  } catch (error) {
    report.end();
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
  report.end();
  process.stdout.write(webgpuTable(result));
  return conclude(result, json, report);
}

process.exitCode = await main(process.argv.slice(2));
