import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startRunner } from "../src/node/runner";
import { runFolder } from "../src/node/sweep-folder";
import { type FollowEvent, followQueue } from "../src/queue/follow-queue";
import { type QueueWorker, startWorker } from "../src/queue/worker";
import { hasRedis, RedisServer } from "./redis-server";
import { bytesOf, tinyRun } from "./tiny-runs";

const name = `the queue in a real Redis${hasRedis ? "" : " (needs Debian's redis-server)"}`;
describe.runIf(hasRedis)(name, () => {
  let server: RedisServer;
  let folder: string;
  let workers: QueueWorker[];
  const runs = [0, 1, 2, 3].map((seed) => tinyRun(seed));
  const expected = new Map<string, string>();

  beforeAll(async () => {
    server = await RedisServer.start();
    const alone = await mkdtemp(join(tmpdir(), "grok-alone-"));
    const runner = startRunner({ threads: 1 });
    for (const run of runs) {
      await runner.run({ run, folder: join(alone, run.name) });
      expected.set(run.name, await bytesOf(join(alone, run.name)));
    }
    await runner.stop();
    await rm(alone, { recursive: true });
  });
  afterAll(() => server?.remove());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "grok-queue-"));
    workers = [];
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  it("does a sweep, the same to the byte as one process does", async () => {
    const settings = { url: server.url, name: "plain" };
    workers.push(
      await startWorker({ ...settings, jobs: 2, threads: 1, dir: join(folder, "work") }),
    );
    const events: FollowEvent[] = [];
    const onEvent = (event: FollowEvent) => void events.push(event);
    const sweep = join(folder, "sweep");
    const options = { ...settings, runs, folder: sweep, everyMs: 100, onEvent };
    expect(await followQueue(options)).toEqual({ done: 4, failed: 0, left: 0 });
    for (const run of runs) {
      expect(await bytesOf(runFolder(sweep, run.name))).toBe(expected.get(run.name));
    }
    expect(events[0]).toEqual({ type: "added", runs: 4, here: 0, ended: 0, jobs: 4 });
  });
});
