import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { RedisServer, scratch } from "@grok/redis";
import { Redis } from "ioredis";
import { startRunner } from "../../src/node/runner";
import { followQueue } from "../../src/queue/follow-queue";
import type { SweepRun } from "../../src/run/sweep-run";
import { tinyRun } from "../tiny-runs";
import { WorkerProcess } from "../worker";
import { costOfJobs, costOfResults } from "./redis-cost";
import { medianOf, rounded } from "./statistics";

/** From the package's folder. */
const file = "../../results/queue-throughput.json";
/** Runs of one turn. */
const turn = 50;
const crews = [1, 2, 4];

/**
 * Measures what the queue costs: many tiny runs by a process alone and by 1, 2 and 4 workers, in
 * turns, so that whatever else the machine does meets all of them alike; and what many jobs cost a
 * Redis. Goes to results/queue-throughput.json.
 */
export async function throughputCampaign(wanted = 1000, jobs = 100_000): Promise<number> {
  const folder = await mkdtemp(join(scratch, "grok-throughput-"));
  const server = await RedisServer.start();
  const redis = new Redis(server.url);
  try {
    const { times, committed } = await race(server.url, folder, wanted);
    const runs = (times.alone as number[]).length * turn;
    const results = await costOfResults(redis, "crew-1");
    await redis.flushall();
    const many = await costOfJobs(redis, server.url, tinyRun(0, few).experiment, jobs);
    const result = {
      command: `node packages/sweep/test/campaign/main.mjs throughput ${wanted} ${jobs}`,
      note: "runs of 2 steps with one checkpoint, in turns of 50; wall time beside other work: ratios count",
      runs: { each: runs, committed },
      msPerRun: each(times, (seconds) => (1000 * sumOf(seconds)) / runs),
      medianRatioToAlone: each(times, (seconds) =>
        medianOf(seconds.map((time, i) => time / ((times.alone as number[])[i] as number))),
      ),
      redis: { ...results, ...many },
    };
    await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
    console.log(JSON.stringify(result, null, 2));
    return Object.values(committed).every((count) => count >= runs) ? 0 : 1;
  } finally {
    redis.disconnect();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

const few = { steps: 2, "eval-every": 2, "checkpoint-every": 2 };

/** Lets a process alone and each crew do as many runs in turns; seconds of each turn. */
async function race(url: string, folder: string, wanted: number) {
  let seed = 0;
  const nextRuns = () => Array.from({ length: turn }, () => tinyRun(seed++, few));
  const runner = startRunner({ threads: 1 });
  const alone = async (runs: readonly SweepRun[]) => {
    for (const run of runs) await runner.run({ run, folder: join(folder, "alone", run.name) });
  };
  const workers = crews.map((size) =>
    Array.from({ length: size }, () => {
      const dir = join(folder, "work");
      return new WorkerProcess({ url, name: `crew-${size}`, threads: 1, dir });
    }),
  );
  while (!workers.flat().every((worker) => worker.is("ready"))) await setTimeout(100);
  const byCrew = (size: number) => async (runs: readonly SweepRun[]) => {
    const sweep = { runs, folder: join(folder, "sweep"), everyMs: 100 };
    const { done } = await followQueue({ url, name: `crew-${size}`, ...sweep });
    if (done !== runs.length) throw new Error(`${done} of ${runs.length} runs ended.`);
  };
  const implementations: [string, typeof alone][] = [
    ["alone", alone],
    ...crews.map((size): [string, typeof alone] => [`workers${size}`, byCrew(size)]),
  ];
  const times: Record<string, number[]> = Object.fromEntries(
    implementations.map(([name]) => [name, []]),
  );
  // Each process starts with its first run; a turn before the first counts for nothing.
  for (const [, work] of implementations) await work(nextRuns());
  for (let done = 0; done < wanted; done += turn) {
    for (const [name, work] of implementations) {
      const runs = nextRuns();
      const began = performance.now();
      await work(runs);
      times[name]?.push((performance.now() - began) / 1000);
    }
    console.log(
      done + turn,
      each(times, (seconds) => seconds.at(-1) as number),
    );
  }
  await runner.stop();
  await Promise.all(workers.flat().map((worker) => worker.kill("SIGTERM")));
  const committed = Object.fromEntries(
    crews.map((size, i) => {
      const counts = (workers[i] as WorkerProcess[]).map((worker) => worker.count("committed"));
      return [`workers${size}`, sumOf(counts) - turn];
    }),
  );
  return { times, committed };
}

function each(
  times: Record<string, number[]>,
  measure: (seconds: number[]) => number,
): Record<string, number> {
  const entries = Object.entries(times).map(([name, seconds]) => [name, rounded(measure(seconds))]);
  return Object.fromEntries(entries);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
