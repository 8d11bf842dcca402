import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { hasRedis, RedisServer, scratch } from "@grok/redis";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startRunner } from "../src/node/runner";
import { runFolder } from "../src/node/sweep-folder";
import { throughFolder, throughLedger } from "../src/queue/file-transport";
import type { FollowEvent, FollowOptions } from "../src/queue/follow-options";
import { followQueue } from "../src/queue/follow-queue";
import { openStore } from "../src/queue/open-store";
import { RedisLedger } from "../src/queue/redis-ledger";
import { startWorker } from "../src/queue/worker";
import { endByHand } from "./hand-worker";
import { bytesOf, tinyRun } from "./tiny-runs";

const name = `trouble with a queue's Redis${hasRedis ? "" : " (needs Debian's redis-server)"}`;
describe.runIf(hasRedis)(name, () => {
  const runs = [0, 1, 2].map((seed) => tinyRun(seed, { steps: 4, "eval-every": 2 }));
  const names = runs.map((run) => run.name);
  let home: string;
  let server: RedisServer;
  let client: Redis;
  let folder: string;
  let told: string[];

  beforeAll(async () => {
    home = await mkdtemp(join(scratch, "grok-alone-"));
    const runner = startRunner({ threads: 1 });
    for (const run of runs) await runner.run({ run, folder: join(home, run.name) });
    await runner.stop();
  }, 180_000);
  afterAll(() => rm(home, { recursive: true, force: true }));
  beforeEach(async () => {
    server = await RedisServer.start("--databases", "4");
    client = new Redis(server.url);
    client.on("error", () => {});
    folder = await mkdtemp(join(scratch, "grok-trouble-"));
    told = [];
  });
  afterEach(async () => {
    client.disconnect();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const settings = () => ({
    url: server.url,
    onTrouble: (sentence: string) => void told.push(sentence),
  });
  const ledger = () => new RedisLedger(client, "grok");

  function follow(options: Partial<FollowOptions> = {}) {
    const events: FollowEvent[] = [];
    let tell: () => void;
    const added = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const onEvent = (event: FollowEvent) => {
      events.push(event);
      if (event.type === "added") tell();
    };
    const ended = followQueue({
      ...settings(),
      runs,
      folder: join(folder, "sweep"),
      everyMs: 20,
      recheckMs: 100,
      ...options,
      onEvent,
    });
    return { ended, events, added };
  }

  async function endAll(some = names, transport = throughLedger(ledger())): Promise<void> {
    for (const each of some) await endByHand(ledger(), transport, each, join(home, each));
  }

  async function expectHome(sweep = "sweep"): Promise<void> {
    for (const each of names) {
      const folderHere = runFolder(join(folder, sweep), each);
      expect(await bytesOf(folderHere)).toBe(await bytesOf(join(home, each)));
    }
  }

  it.each([
    ["redis://127.0.0.1:PORT/99", /has no such database/],
    ["redis://poor:secret@127.0.0.1:PORT", /does not let this user do what a queue needs/],
    ["redis://blind:secret@127.0.0.1:PORT", /does not let this user do what a queue needs .*info/],
  ])("ends at once with a sentence for %s, in a sweep and in a worker", async (url, sentence) => {
    const rules = ["on", ">secret", "~*", "+@all"];
    await client.call("ACL", "SETUSER", "poor", ...rules, "-set");
    await client.call("ACL", "SETUSER", "blind", ...rules, "-info");
    const wrong = url.replace("PORT", `${server.port}`);
    await expect(follow({ url: wrong }).ended).rejects.toThrow(sentence);
    await expect(startWorker({ url: wrong, dir: folder })).rejects.toThrow(sentence);
    expect(await client.dbsize()).toBe(0);
  });

  it("ends with a sentence if a permission is missing later on", async () => {
    await client.call(
      "ACL",
      "SETUSER",
      "poor",
      "on",
      ">secret",
      "~*",
      "+@all",
      "-evalsha",
      "-eval",
    );
    const url = server.url.replace("//", "//poor:secret@");
    await expect(follow({ url }).ended).rejects.toThrow(/does not let this user/);
    const worker = await startWorker({ url, dir: folder });
    await expect(worker.ended).rejects.toThrow(/does not let this user/);
    await worker.stop();
  });

  it("refuses one that drops keys or can only be read", async () => {
    await client.config("SET", "maxmemory", "100mb");
    await client.config("SET", "maxmemory-policy", "allkeys-lru");
    await expect(follow().ended).rejects.toThrow(/maxmemory-policy allkeys-lru.*noeviction/);
    await client.config("SET", "maxmemory-policy", "noeviction");
    await client.replicaof("127.0.0.1", 1);
    await expect(follow().ended).rejects.toThrow(/can only be read: it is a replica/);
    await expect(startWorker({ ...settings(), dir: folder })).rejects.toThrow(/can only be read/);
  });

  it("tells of one that becomes a replica, and continues when it is the primary again", async () => {
    const { ended, added } = follow();
    await added;
    await endAll(names.slice(0, 1));
    await client.replicaof("127.0.0.1", 1);
    await expect.poll(() => told).toContainEqual(expect.stringMatching(/can only be read/));
    await client.replicaof("NO", "ONE");
    await endAll(names.slice(1));
    expect(await ended).toEqual({ done: 3, failed: 0, left: 0 });
    await expectHome();
  });

  it("adds again what a Redis has forgotten that was emptied while it was followed", async () => {
    const { ended, events, added } = follow();
    await added;
    await endAll(names.slice(0, 2));
    await expect.poll(() => events.filter(({ type }) => type === "ended").length).toBe(2);
    await client.flushall();
    await expect.poll(() => client.exists(`bull:grok:run-${names[2]}`)).toBe(1);
    expect(events).toContainEqual({ type: "again", runs: 1 });
    await endAll(names.slice(2));
    expect(await ended).toEqual({ done: 3, failed: 0, left: 0 });
    await expectHome();
  });

  it("adds again single jobs that are gone, and sees ends of an older copy of the store", async () => {
    const { ended, events, added } = follow();
    await added;
    await endAll(names.slice(0, 1));
    await expect.poll(() => events.some(({ type }) => type === "ended")).toBe(true);
    await client.del("grok:{grok}:sequence", `bull:grok:run-${names[1]}`);
    await expect.poll(() => events.some(({ type }) => type === "again")).toBe(true);
    await endAll(names.slice(1));
    expect(await ended).toEqual({ done: 3, failed: 0, left: 0 });
  });

  it("drops results that have been downloaded where Redis is full, and continues", async () => {
    const { ended, events, added } = follow();
    await added;
    await endAll(names.slice(0, 2));
    await expect.poll(() => events.filter(({ type }) => type === "ended").length).toBe(2);
    // As large as those of real runs.
    for (const each of names.slice(0, 2)) {
      await client.hset(`grok:{grok}:files:${each}`, "metrics.jsonl", "x".repeat(500_000));
    }
    const used = /used_memory:(\d+)/.exec(await client.info("memory"))?.[1] ?? "0";
    await client.config("SET", "maxmemory", String(Number(used) - 400_000));
    const store = await openStore(settings());
    const [last = ""] = names.slice(2);
    await endByHand(store.ledger, store.transport, last, join(home, last));
    await store.close();
    expect(await ended).toEqual({ done: 3, failed: 0, left: 0 });
    await expectHome();
    expect(await ledger().records(names.slice(0, 2))).toMatchObject([
      { hasFiles: false, state: "done" },
      { hasFiles: false, state: "done" },
    ]);
  });

  it("gathers from one that is full of results that nobody has home", async () => {
    const first = follow();
    await first.added;
    await client.config("SET", "maxmemory-policy", "noeviction");
    await endAll();
    await client.config("SET", "maxmemory", "1mb");
    expect(await first.ended).toEqual({ done: 3, failed: 0, left: 0 });
    await expectHome();
  });

  it("lets two sweeps over the same runs share a folder", async () => {
    const sharedDir = join(folder, "shared");
    const [one, two] = [follow({ sharedDir }), follow({ sharedDir, folder: join(folder, "two") })];
    await Promise.all([one.added, two.added]);
    await endAll(names, throughFolder(ledger(), sharedDir));
    expect(await Promise.all([one.ended, two.ended])).toEqual([
      { done: 3, failed: 0, left: 0 },
      { done: 3, failed: 0, left: 0 },
    ]);
    await expectHome();
    await expectHome("two");
    expect(await readdir(sharedDir)).toHaveLength(3);
  });

  it("names the sweep that took results for itself, and leaves the record as it is", async () => {
    const sharedDir = join(folder, "shared");
    const one = follow({ sharedDir, keepHours: 0 });
    await one.added;
    await endAll(names, throughFolder(ledger(), sharedDir));
    await one.ended;
    expect(await readdir(sharedDir)).toEqual([]);
    const two = follow({ sharedDir, folder: join(folder, "two") });
    await expect(two.ended).rejects.toThrow(/3 runs were brought to .*sweep, and left the queue/);
    expect(await ledger().records(names)).toMatchObject(
      names.map(() => ({ state: "done", commits: 1 })),
    );
  });

  it("lets go of a Redis that does not answer: a sweep that is stopped, an idle worker", async () => {
    const controller = new AbortController();
    const { ended, added } = follow({ signal: controller.signal });
    await added;
    const worker = await startWorker({ ...settings(), name: "idle", dir: folder });
    server.freeze();
    controller.abort();
    expect(await ended).toMatchObject({ left: 3 });
    await worker.stop();
    await worker.ended;
    expect((await readdir(folder)).filter((each) => each.startsWith("worker-"))).toEqual([]);
    server.thaw();
  }, 15_000);

  it("says that it waits, and ends, if Redis does not answer for too long", async () => {
    const limits = { storeLimitMs: 1500 };
    const { ended, added } = follow(limits);
    await added;
    const worker = await startWorker({ ...settings(), ...limits, name: "idle", dir: folder });
    server.freeze();
    await expect(ended).rejects.toThrow(/^Redis at .* did not answer within 2 s \(/);
    await expect(worker.ended).rejects.toThrow(/did not answer within 2 s \(saying that/);
    expect(told).toContainEqual(expect.stringMatching(/^Waiting for Redis at .*does not answer: /));
    await worker.stop();
    server.thaw();
  }, 30_000);
});
