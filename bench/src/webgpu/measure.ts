import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFixture } from "../fixture-files.ts";
import type { Implementation } from "../implementation.ts";
import type { Report } from "../report.ts";
import { spread } from "../statistics.ts";
import { type Runner, Team } from "../team.ts";
import { judge } from "../verdict.ts";
import type { Workload } from "../workload.ts";
import type { WebgpuImplementation, WebgpuSettings, WebgpuWorkload } from "./result.ts";

/** What came out, and what the implementations ran on. */
interface Measured {
  result: WebgpuWorkload;
  versions: Record<string, string>;
}

/**
 * Measures all implementations on a workload: they take turns within each round; then each counts what its
 * steps ask of the device.
 *
 * @param patience the longest that an answer may take, in milliseconds
 */
export async function measureOnWebgpu(
  workload: Workload,
  implementations: readonly Implementation[],
  settings: WebgpuSettings,
  report: Report,
  patience?: number,
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "grok-bench-webgpu-"));
  const team = new Team(workload, report, patience);
  try {
    const { batch } = writeFixture(workload, folder);
    await team.start(implementations, folder);
    await team.takeTurns(settings);
    const { ready: ours } =
      team.runners.find(({ implementation }) => implementation.library === "ours") ?? {};
    const found: WebgpuImplementation[] = [];
    for (const runner of team.runners)
      found.push(await conclude(team, runner, ours?.losses, settings));
    const { id, preset, title } = workload;
    return {
      result: {
        id,
        preset,
        title,
        batch: batch.size,
        parameters: team.runners[0]?.ready.parameters ?? 0,
        implementations: found,
      },
      versions: Object.assign({}, ...team.runners.map(({ ready }) => ready.versions)),
    };
  } finally {
    team.kill();
    rmSync(folder, { recursive: true });
  }
}

async function conclude(
  team: Team,
  runner: Runner,
  common: readonly number[] = runner.ready.losses,
  { steps }: WebgpuSettings,
): Promise<WebgpuImplementation> {
  const { implementation, ready, slices } = runner;
  const { key, title, library } = implementation;
  const isOnWebgpu = ready.adapter !== undefined;
  const counts = isOnWebgpu ? await team.ask(runner, { do: "count", steps }, "counting") : null;
  await team.ask(runner, { do: "end" }, "ending");
  const last = slices.findLast(({ loss }) => loss !== null)?.loss ?? null;
  return {
    key,
    title,
    library,
    adapter: ready.adapter ?? null,
    stepsPerSecond:
      slices.length === 0 ? null : spread(slices.map(({ steps: made, seconds }) => made / seconds)),
    counts: counts ?? null,
    losses: { first: ready.losses, last },
    verdict: judge(ready.losses, last, common),
  };
}
