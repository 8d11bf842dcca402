// The comparison of training speeds. `pnpm bench --help` lists its flags.
import { conclude } from "./conclude.ts";
import { machine } from "./machine.ts";
import { measure } from "./measure.ts";
import { help, type Options, parseOptions, UsageError } from "./options.ts";
import { Report } from "./report.ts";
import type { Result } from "./result.ts";
import { table } from "./table/table.ts";
import { workload } from "./workload.ts";

async function main(args: readonly string[]): Promise<number> {
  let options: Options | "help";
  try {
    options = parseOptions(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`bench: ${error.message}\n`);
    return 2;
  }
  if (options === "help") {
    process.stdout.write(help);
    return 0;
  }
  const report = new Report();
  const result: Result = {
    date: new Date().toISOString(),
    command: ["pnpm bench", ...args].join(" "),
    machine: machine(),
    versions: {},
    settings: options.measure,
    workloads: [],
    skipped: report.skipped,
  };
  if (result.machine.load > 0.5) {
    const load = result.machine.load.toFixed(1);
    report.note(`the machine is busy (load ${load}): only ratios mean something`);
  }
  for (const id of options.workloads) {
    const measured = await measure(workload(id), options.implementations, options.measure, report);
    result.workloads.push(measured.result);
    Object.assign(result.versions, measured.versions);
  }
  report.end();
  process.stdout.write(table(result, { profile: options.profile }));
  return conclude(result, options.json, report);
}

process.exitCode = await main(process.argv.slice(2));
