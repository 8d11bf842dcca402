import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFixture } from "./fixture-files.ts";
import type { Implementation } from "./implementation.ts";
import { Limit } from "./limit.ts";
import type { ProductSpeeds } from "./protocol.ts";
import type { Report } from "./report.ts";
import type { ImplementationResult, WorkloadResult } from "./result.ts";
import { spread } from "./statistics.ts";
import { type StepWork, stepWork } from "./step-work.ts";
import { type Runner, Team, type Turns } from "./team.ts";
import { judge } from "./verdict.ts";
import type { Workload } from "./workload.ts";

/** What came out, and what the implementations ran on. */
export interface Measured {
  result: WorkloadResult;
  versions: Record<string, string>;
}

/**
 * Measures all implementations on a workload: they take turns within each round, so that what else
 * happens on the machine meets all of them alike.
 */
export async function measure(
  workload: Workload,
  implementations: readonly Implementation[],
  settings: Turns,
  report: Report,
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "grok-bench-"));
  const team = new Team(workload, report);
  const limit = new Limit();
  try {
    writeFixture(workload, folder);
    await team.start(implementations, folder);
    await limit.start(report);
    await team.takeTurns(settings, () => limit.measure());
    return await conclude(workload, team, limit, settings);
  } finally {
    limit.kill();
    team.kill();
    rmSync(folder, { recursive: true });
  }
}

async function conclude(
  workload: Workload,
  team: Team,
  limit: Limit,
  { rounds, sliceSeconds }: Turns,
): Promise<Measured> {
  const work = stepWork(workload);
  let products: ProductSpeeds | undefined;
  for (const runner of team.runners) {
    const { library, shortcuts, threads } = runner.implementation;
    if (library !== "ours" || !shortcuts) continue;
    const profile = await team.ask(runner, { do: "profile", seconds: sliceSeconds }, "profile");
    runner.profile = profile ?? null;
    if (threads > 1 || products !== undefined || work.products.length === 0) continue;
    const seconds = sliceSeconds / 50;
    const request = { do: "products", products: work.products, rounds, seconds } as const;
    products = await team.ask(runner, request, "matrix products");
  }
  const common = team.runners.find(({ implementation }) => implementation.library === "ours")?.ready
    .losses;
  const implementations: ImplementationResult[] = [];
  for (const runner of team.runners) {
    const ended = await team.ask(runner, { do: "end" }, "ending");
    if (ended === undefined) continue;
    implementations.push(resultOf(runner, ended.peakMemory, work, common));
  }
  const { id, title, preset } = workload;
  const { oneCore, allCores } = limit;
  return {
    result: {
      id,
      title,
      preset,
      parameters: team.runners[0]?.ready.parameters ?? 0,
      peak: oneCore.length === 0 ? null : { oneCore: spread(oneCore), allCores: spread(allCores) },
      implementations,
      products: products ?? null,
    },
    versions: Object.assign({}, ...team.runners.map(({ ready }) => ready.versions)),
  };
}

function resultOf(
  { implementation, ready, slices, profile }: Runner,
  peakMemory: number,
  work: StepWork,
  common: readonly number[] = ready.losses,
): ImplementationResult {
  const { key, title, library, threads, shortcuts } = implementation;
  const last =
    slices.findLast(({ loss }) => loss !== null)?.loss ?? (ready.losses.at(-1) as number);
  const ours = shortcuts ? work.planned : work.unplanned;
  return {
    key,
    title,
    library,
    threads,
    stepsPerSecond: spread(slices.map(({ steps, seconds }) => steps / seconds)),
    gflopPerStep: library === "ours" ? ours : work.whole,
    peakMemory,
    losses: { first: ready.losses, last },
    verdict: judge(ready.losses, last, common),
    profile,
  };
}
