import type { Experiment } from "@grok/train";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { jobId } from "../../src/queue/job";
import { RedisLedger } from "../../src/queue/redis-ledger";
import { sweepRun } from "../../src/run/run-name";
import { medianOf, rounded } from "./statistics";

/** Bytes that runs that have ended take in a Redis: for ever, and while their files are there. */
export async function costOfResults(redis: Redis, queueName: string) {
  const sizes = async (kind: string) => {
    const keys = (await redis.keys(`grok:{${queueName}}:${kind}:*`)).slice(0, 100);
    return medianOf(
      await Promise.all(keys.map(async (key) => (await redis.memory("USAGE", key)) ?? Number.NaN)),
    );
  };
  return { bytesPerRecord: await sizes("run"), bytesPerResult: await sizes("files") };
}

/** What it takes to add many jobs at once, and to ask how their runs stand. */
export async function costOfJobs(redis: Redis, url: string, base: Experiment, jobs: number) {
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]);
  const before = await used();
  const runs = Array.from({ length: jobs }, (_, seed) => sweepRun({ ...base, seed }));
  const queue = new Queue("many", { connection: { url } });
  const seconds = async (work: () => Promise<unknown>) => {
    const began = performance.now();
    await work();
    return rounded((performance.now() - began) / 1000);
  };
  const secondsToAdd = await seconds(async () => {
    for (let from = 0; from < jobs; from += 500) {
      const some = runs.slice(from, from + 500).map(({ name, experiment }) => ({
        name: "run",
        data: { experiment },
        opts: { jobId: jobId(name), attempts: 3 },
      }));
      await queue.addBulk(some);
    }
  });
  const bytesPerJob = Math.round(((await used()) - before) / jobs);
  const ledger = new RedisLedger(redis, "many");
  const secondsToAsk = await seconds(() => ledger.records(runs.map(({ name }) => name)));
  await queue.close();
  return { jobs, secondsToAdd, bytesPerJob, secondsToAsk };
}
