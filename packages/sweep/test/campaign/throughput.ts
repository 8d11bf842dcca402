// What the queue costs: many tiny runs by a process alone and by 1, 2 and 4 workers, in turns so that
// whatever else the machine does meets all of them alike, and what many jobs cost a Redis. Goes to
// results/queue-throughput.json.
//
//   node --conditions=@grok/source --experimental-transform-types --import ./scripts/from-source.mjs \
//     packages/sweep/test/campaign/throughput.ts [RUNS] [JOBS]
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { startRunner } from "../../src/node/runner";
import { followQueue } from "../../src/queue/follow-queue";
import { jobId } from "../../src/queue/job";
import { RedisLedger } from "../../src/queue/redis-ledger";
import { sweepRun } from "../../src/run/run-name";
import { RedisServer } from "../redis-server";
import { tinyRun } from "../tiny-runs";
import { WorkerProcess } from "../worker";

const [wanted = 1000, jobs = 100_000] = process.argv.slice(2).map(Number);
const command = `node --conditions=@grok/source --experimental-transform-types --import ./scripts/from-source.mjs packages/sweep/test/campaign/throughput.ts ${wanted} ${jobs}`;
/** Runs of one turn. */
const turn = 50;
const crews = [1, 2, 4];

const server = await RedisServer.start();
const redis = new Redis(server.url);
const folder = await mkdtemp(join(tmpdir(), "grok-throughput-"));
const seconds = (began: number) => (performance.now() - began) / 1000;
const few = { steps: 2, "eval-every": 2, "checkpoint-every": 2 };
let seed = 0;
const nextRuns = () => Array.from({ length: turn }, () => tinyRun(seed++, few));
const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]);

const runner = startRunner({ threads: 1 });
await runner.run({ run: tinyRun(seed++, few), folder: join(folder, "warm") });
const teams = new Map<number, { name: string; workers: WorkerProcess[] }>();
for (const size of crews) {
  const settings = { url: server.url, name: `crew-${size}` };
  const workers = Array.from(
    { length: size },
    () => new WorkerProcess({ ...settings, threads: 1, dir: join(folder, "work") }),
  );
  // Each worker's process of runs starts with its first run.
  while (!workers.every((worker) => worker.is("ready"))) await setTimeout(100);
  teams.set(size, { name: settings.name, workers });
  await byQueue(settings.name, nextRuns());
}

async function alone(): Promise<number> {
  const runs = nextRuns();
  const began = performance.now();
  for (const run of runs) await runner.run({ run, folder: join(folder, "alone", run.name) });
  return seconds(began);
}

async function byQueue(name: string, runs: ReturnType<typeof nextRuns>): Promise<number> {
  const began = performance.now();
  const sweep = join(folder, "sweep");
  const { done } = await followQueue({ url: server.url, name, runs, folder: sweep, everyMs: 100 });
  if (done !== runs.length) throw new Error(`${done} of ${runs.length} runs ended.`);
  return seconds(began);
}

const times: Record<string, number[]> = { alone: [] };
for (let round = 0; round < wanted / turn; round++) {
  times.alone?.push(await alone());
  for (const [size, { name }] of teams) {
    times[`${size}`] ??= [];
    times[`${size}`]?.push(await byQueue(name, nextRuns()));
  }
  console.log(
    round,
    Object.values(times).map((each) => each.at(-1)?.toFixed(1)),
  );
}
await runner.stop();
const deliveries = [...teams.values()].map(({ workers }) =>
  workers.reduce((sum, worker) => sum + worker.count("committed"), 0),
);
await Promise.all(
  [...teams.values()].flatMap(({ workers }) => workers.map((worker) => worker.kill("SIGTERM"))),
);

// What is left of a run once it is home, and what a result weighs while it waits.
const results = await redis.keys("grok:{crew-1}:files:*");
const resultBytes = await median(results.slice(0, 50), (key) => redis.memory("USAGE", key));
const records = await redis.keys("grok:{crew-1}:run:*");
const recordBytes = await median(records.slice(0, 50), (key) => redis.memory("USAGE", key));

// So many jobs at once, as a sweep of that size adds them.
await redis.flushall();
await redis.config("RESETSTAT");
const empty = await used();
const queue = new Queue("many", { connection: { url: server.url } });
const base = tinyRun(0, few).experiment;
const cpuBefore = process.cpuUsage();
const began = performance.now();
for (let from = 0; from < jobs; from += 500) {
  const some = Array.from({ length: Math.min(500, jobs - from) }, (_, index) => {
    const { name, experiment } = sweepRun({ ...base, seed: from + index });
    return { name: "run", data: { experiment }, opts: { jobId: jobId(name), attempts: 3 } };
  });
  await queue.addBulk(some);
}
const enqueue = seconds(began);
const { user, system } = process.cpuUsage(cpuBefore);
const jobBytes = ((await used()) - empty) / jobs;
const asking = performance.now();
const ledger = new RedisLedger(redis, "many");
await ledger.records(Array.from({ length: jobs }, (_, index) => String(index)));
const asked = seconds(asking);
await queue.close();
redis.disconnect();
await server.remove();
await rm(folder, { recursive: true, force: true });

const total = (name: string) => (times[name] ?? []).reduce((sum, each) => sum + each, 0);
const runs = (times.alone?.length ?? 0) * turn;
const perRun = (name: string) => round3((1000 * total(name)) / runs);
const result = {
  command,
  note: "tiny runs of 2 steps with a checkpoint, by turns of 50; wall time on a machine that others used, so that ratios count",
  runs: {
    each: runs,
    alone: runs,
    ...Object.fromEntries(crews.map((size, i) => [`workers${size}`, deliveries[i]])),
  },
  msPerRun: {
    alone: perRun("alone"),
    ...Object.fromEntries(crews.map((size) => [`workers${size}`, perRun(`${size}`)])),
  },
  overheadMsPerRunOneWorker: round3(perRun("1") - perRun("alone")),
  medianRatioToAlone: Object.fromEntries(
    crews.map((size) => [
      `workers${size}`,
      round3(
        medianOf(
          (times[`${size}`] ?? []).map((each, i) => each / (times.alone?.[i] ?? Number.NaN)),
        ),
      ),
    ]),
  ),
  redis: {
    bytesPerRecord: recordBytes,
    bytesPerResultOfTinyRun: resultBytes,
    jobs,
    enqueueSeconds: round3(enqueue),
    enqueueCpuSeconds: round3((user + system) / 1e6),
    bytesPerJob: Math.round(jobBytes),
    secondsToAskForAllRecords: round3(asked),
  },
};
await writeFile(
  fileURLToPath(new URL("../../../../results/queue-throughput.json", import.meta.url)),
  `${JSON.stringify(result, null, 2)}\n`,
);
console.log(JSON.stringify(result, null, 2));
process.exit(0);

function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (
    ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2
  );
}

async function median(
  keys: string[],
  measure: (key: string) => Promise<number | null>,
): Promise<number> {
  return medianOf(await Promise.all(keys.map(async (key) => (await measure(key)) ?? Number.NaN)));
}

function round3(value: number): number {
  return Number(value.toPrecision(3));
}
