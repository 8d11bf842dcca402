import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { freePort, hasRedis, RedisServer, scratch } from "@grok/redis";
import { readRun } from "@grok/train/node";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startRunner } from "../src/node/runner";
import { runFolder } from "../src/node/sweep-folder";
import { planOf } from "../src/plan/plan";
import type { FollowEvent, FollowOptions } from "../src/queue/follow-options";
import { followQueue } from "../src/queue/follow-queue";
import { jobId } from "../src/queue/job";
import type { QueueWorker, QueueWorkerOptions } from "../src/queue/queue-worker";
import { RedisLedger } from "../src/queue/redis-ledger";
import { runSweepOnQueue } from "../src/queue/run-on-queue";
import { startWorker } from "../src/queue/worker";
import type { SweepRun } from "../src/run/sweep-run";
import type { RunState } from "../src/state/sweep-state";
import { permissionsOf } from "./permissions";
import { bytesOf, tinyRun } from "./tiny-runs";

const name = `the queue in a real Redis${hasRedis ? "" : " (needs Debian's redis-server)"}`;
describe.runIf(hasRedis)(name, () => {
  const runs = [0, 1, 2].map((seed) => tinyRun(seed));
  const alone = new Map<string, string>();
  let server: RedisServer;
  let folder: string;
  let workers: QueueWorker[];
  let client: Redis;
  let count = 0;
  let settings: { url: string; name: string };

  beforeAll(async () => {
    server = await RedisServer.start();
    client = new Redis(server.url);
    // What a queue's user needs, and nothing else, as the README says.
    for (let queue = 0; queue < 10; queue++) {
      await client.call("ACL", "SETUSER", `queue-${queue}`, ...permissionsOf(`queue-${queue}`));
    }
    const home = await mkdtemp(join(scratch, "grok-alone-"));
    const runner = startRunner({ threads: 1 });
    for (const run of runs) {
      await runner.run({ run, folder: join(home, run.name) });
      alone.set(run.name, await bytesOf(join(home, run.name)));
    }
    await runner.stop();
    await rm(home, { recursive: true });
  });
  afterAll(async () => {
    client?.disconnect();
    await server?.remove();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(scratch, "grok-queue-"));
    workers = [];
    const queue = `queue-${count++}`;
    settings = { url: server.url.replace("//", `//${queue}:secret@`), name: queue };
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  async function work(options: Partial<QueueWorkerOptions> = {}): Promise<QueueWorker> {
    const dir = join(folder, "work");
    const worker = await startWorker({ ...settings, threads: 1, dir, ...options });
    workers.push(worker);
    return worker;
  }

  /** Follows until all runs have ended, and gives what it was told. */
  async function follow(options: Partial<FollowOptions> = {}) {
    const events: FollowEvent[] = [];
    const followed = await followQueue({
      ...settings,
      runs,
      folder: join(folder, "sweep"),
      everyMs: 50,
      ...options,
      onEvent: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
    });
    return { ...followed, events, added: events.find(({ type }) => type === "added") };
  }

  async function expectSame(some: readonly SweepRun[], sweep = "sweep"): Promise<void> {
    for (const { name: run } of some) {
      expect(await bytesOf(runFolder(join(folder, sweep), run))).toBe(alone.get(run));
    }
  }

  const ledger = () => new RedisLedger(client, settings.name);

  it("does a sweep as one process does, and nothing of it twice, wherever it is asked for", async () => {
    await work({ jobs: 2 });
    const first = await follow();
    expect(first).toMatchObject({ done: 3, failed: 0, left: 0 });
    expect(first.added).toEqual({ type: "added", runs: 3, here: 0, ended: 0, jobs: 3 });
    await expectSame(runs);
    expect((await follow()).added).toEqual({ type: "added", runs: 3, here: 3, ended: 0, jobs: 0 });
    // Another machine finds the results in the store while they are there.
    const other = await follow({ folder: join(folder, "other"), keepHours: 0 });
    expect(other.added).toEqual({ type: "added", runs: 3, here: 0, ended: 3, jobs: 0 });
    await expectSame(runs, "other");
    expect(await ledger().records(runs.map((run) => run.name))).toMatchObject(
      runs.map(() => ({ token: 1, commits: 1, refused: 0 })),
    );
    // Nothing is left of the runs at work.
    expect((await readdir(join(folder, "work"))).length).toBe(1);
    await workers[0]?.stop();
    expect(await readdir(join(folder, "work"))).toEqual([]);
  });

  it("does trunks first, and then what changes where they memorised", async () => {
    const flags = { p: 7, width: 32, "embed-dim": 16, lr: 0.03, backend: "cpu", steps: 40 };
    const often = { "eval-every": 10, "checkpoint-every": 10, "stop-on-grok": false };
    const plan = planOf({
      preset: "mlp",
      flags: { ...flags, ...often },
      grid: { change: ["t_mem: weight-decay=0", "t_grok: lr=0.1"] },
    });
    await work();
    const sweep = join(folder, "sweep");
    const { runs: made, missing } = await runSweepOnQueue(plan, { ...settings, folder: sweep });
    const [trunk, changed] = made as [RunState, RunState];
    expect(made.map(({ state }) => state)).toEqual(["finished", "finished"]);
    expect(changed.settings).toEqual({ change: "t_mem: weight-decay=0" });
    const { config } = await readRun(runFolder(sweep, changed.name));
    expect(config.changes?.[0]?.at).toBe(trunk.t_mem);
    expect(missing?.map(({ settings: { change } }) => change)).toEqual(["t_grok: lr=0.1"]);
  });

  it("says where results went that have left the store, and does them again when told to", async () => {
    const some = runs.slice(0, 1);
    await work();
    await follow({ runs: some, keepHours: 0 });
    const elsewhere = { runs: some, folder: join(folder, "other") };
    await expect(follow(elsewhere)).rejects.toThrow(/^1 run was brought to .*sweep, and left/);
    expect(await follow({ ...elsewhere, again: true })).toMatchObject({ done: 1 });
    await expectSame(some, "other");
  });

  it("gives a run back when its worker is stopped, and continues elsewhere from that step", async () => {
    const run = tinyRun(7, { steps: 800, "eval-every": 400, "checkpoint-every": 800 });
    const steps: number[] = [];
    const going = new Promise<void>((resolve) => {
      void work({
        onEvent(event) {
          if (event.type === "delivery" && event.event.type === "run") {
            if (event.event.event.type === "progress") resolve();
          } else if (event.type === "delivered" && event.delivery.type === "given-back") {
            steps.push(event.delivery.step);
          }
        },
      });
    });
    const following = follow({ runs: [run] });
    await going;
    await workers[0]?.stop();
    expect(steps).toHaveLength(1);
    expect(steps[0]).toBeGreaterThan(0);
    await work({
      onEvent(event) {
        if (event.type === "delivery" && event.event.type === "taken") steps.push(event.event.step);
      },
    });
    expect(await following).toMatchObject({ done: 1 });
    expect(steps[1]).toBe(steps[0]);
    const runner = startRunner({ threads: 1 });
    await runner.run({ run, folder: join(folder, "alone") });
    await runner.stop();
    const sweep = join(folder, "sweep");
    expect(await bytesOf(runFolder(sweep, run.name))).toBe(await bytesOf(join(folder, "alone")));
  });

  it("lets checkpoints and results go through a shared folder instead", async () => {
    const sharedDir = join(folder, "shared");
    await work({ sharedDir, storeEveryMs: 0 });
    const adding = new AbortController();
    const onEvent = () => adding.abort();
    await followQueue({
      ...settings,
      runs,
      folder: join(folder, "sweep"),
      signal: adding.signal,
      onEvent,
    });
    await expect
      .poll(async () => (await ledger().endedSince(0, 9)).names.length, { timeout: 20_000 })
      .toBe(3);
    const [{ name: first }] = runs as [SweepRun];
    expect([...(await ledger().files(first)).keys()]).toEqual(["shared-folder"]);
    expect(await readdir(join(sharedDir, first))).toEqual(["1"]);
    expect(await follow({ sharedDir })).toMatchObject({ done: 3 });
    await expectSame(runs);
    // Another sweep over the same runs finds them there, as in the queue; the last one removes them.
    expect(await readdir(sharedDir)).toHaveLength(3);
    const other = join(folder, "other");
    expect(await follow({ sharedDir, folder: other })).toMatchObject({ done: 3 });
    await expectSame(runs, "other");
  });

  it("reports runs that fail with their reason, and does them again when asked again", async () => {
    const bad = tinyRun(0, { lr: 1e30, optimizer: "sgd" });
    await work();
    const first = await follow({ runs: [bad, ...runs.slice(0, 1)] });
    expect(first).toMatchObject({ done: 1, failed: 1, left: 0 });
    expect(first.events).toContainEqual(
      expect.objectContaining({
        type: "ended",
        name: bad.name,
        summary: expect.objectContaining({
          status: "failed",
          error: expect.stringContaining("step"),
        }),
      }),
    );
    const second = await follow({ runs: [bad] });
    expect(second.added).toMatchObject({ jobs: 1 });
    expect(await ledger().records([bad.name])).toMatchObject([{ commits: 2, state: "failed" }]);
  });

  it("fails jobs that are no runs with a sentence, and continues", async () => {
    const [good, other] = runs as [SweepRun, SweepRun];
    const queue = new Queue(settings.name, { connection: { url: server.url } });
    await queue.add("run", { experiment: other.experiment }, { jobId: jobId(good.name) });
    await queue.add("run", { experiment: { ...good.experiment, shell: "ls" } }, { jobId: "extra" });
    await queue.add("run", { command: "ls" }, { jobId: "command" });
    await queue.add("run", null, { jobId: "null" });
    await queue.add("run", { experiment: "x".repeat(3_000_000) }, { jobId: "huge" });
    for (const [id, data] of [
      ["broken", "{"],
      ["deep", "[".repeat(60_000)],
    ] as const) {
      await queue.add("run", {}, { jobId: id });
      await client.hset(`bull:${settings.name}:${id}`, "data", data);
    }
    const refused = new Map<string, string>();
    await work({
      onEvent: (event) => {
        if (event.type === "refused") refused.set(event.job, event.reason);
      },
    });
    const followed = await follow({ runs: [other] });
    expect(followed).toMatchObject({ done: 1, failed: 0 });
    expect(Object.fromEntries(refused)).toEqual({
      [jobId(good.name)]: expect.stringMatching(
        /^The job's experiment is the run .*not what its id/,
      ),
      extra: expect.stringMatching(/^The job is no experiment: .*shell/),
      command: expect.stringMatching(/^The job is no experiment: /),
      null: expect.stringMatching(/^The job is no experiment: /),
      huge: expect.stringMatching(/^The job has 3000017 characters/),
      broken: expect.stringMatching(/^The job cannot be read: /),
      deep: expect.stringMatching(/^The job cannot be read: /),
    });
    expect(await ledger().records([good.name])).toEqual([null]);
    expect(await queue.getFailedCount()).toBe(7);
    // A job that stands in the way of its run gives way to the right one.
    const told = await follow({ runs: [good], everyMs: 10, recheckMs: 10 });
    expect(told).toMatchObject({ done: 1, failed: 0 });
    expect(told.events).toContainEqual({ type: "again", runs: 1 });
    await queue.close();
  });

  it.each([
    ["lost", (key: string) => client.hdel(key, "data")],
    ["no longer readable", (key: string) => client.hset(key, "data", "{")],
  ])("adds jobs again whose data are %s", async (_, damage) => {
    const some = runs.slice(0, 1);
    let damaged: Promise<unknown> | undefined;
    const followed = await follow({
      runs: some,
      recheckMs: 50,
      onEvent: ({ type }) => {
        if (type !== "added") return;
        damaged = damage(`bull:${settings.name}:${jobId(some[0]?.name ?? "")}`).then(() => work());
      },
    });
    await damaged;
    expect(followed).toMatchObject({ done: 1, failed: 0 });
    await expectSame(some);
  });
});

describe("a queue that cannot be reached", () => {
  const open = (url: string, password?: string) =>
    startWorker({ url, password, dir: "/dev/null/x" });

  it("is told in a sentence that has no password", async () => {
    const port = await freePort();
    await expect(open(`redis://me:secret@127.0.0.1:${port}`)).rejects.toThrow(
      `No Redis listens at redis://127.0.0.1:${port}: the connection was refused.`,
    );
    await expect(open("redis://me:secret@no.such.host.invalid")).rejects.toThrow(
      "The host of redis://no.such.host.invalid is not known.",
    );
    const web = createServer((_, response) => response.end("hello"));
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    const { port: webPort } = web.address() as { port: number };
    await expect(open(`redis://127.0.0.1:${webPort}`)).rejects.toThrow(
      /is no Redis|closed the connection/,
    );
    await expect(open(`rediss://127.0.0.1:${webPort}`)).rejects.toThrow(/does not speak TLS/);
    web.close();
  });

  it.runIf(hasRedis)("is told apart from one that wants another password", async () => {
    const server = await RedisServer.start("--requirepass", "s/e:cret");
    await expect(open(server.url)).rejects.toThrow(/wants a password/);
    await expect(open(server.url.replace("//", "//:wrong@"))).rejects.toThrow(/refuses this user/);
    // With the right one it gets as far as its folder.
    await expect(open(server.url, "s/e:cret")).rejects.toThrow(/ENOTDIR/);
    await server.remove();
  });
});
