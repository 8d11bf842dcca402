import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { hasRedis, RedisServer, scratch } from "@grok/redis";
import type { Summary } from "@grok/train";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Runner, RunnerError } from "../src/node/runner";
import type { Fault } from "../src/node/runner-message";
import { deliver } from "../src/queue/delivery";
import { openStore } from "../src/queue/open-store";
import { RedisLedger } from "../src/queue/redis-ledger";
import type { QueueStore } from "../src/queue/store";
import { tinyRun } from "./tiny-runs";

const name = `a run that comes to no end${hasRedis ? "" : " (needs Debian's redis-server)"}`;
describe.runIf(hasRedis)(name, () => {
  let server: RedisServer;
  let client: Redis;
  let store: QueueStore;
  let folder: string;
  beforeAll(async () => {
    server = await RedisServer.start();
    client = new Redis(server.url);
    store = await openStore({ url: server.url });
    folder = await mkdtemp(join(scratch, "grok-delivery-"));
  });
  afterAll(async () => {
    await store?.close();
    client?.disconnect();
    await server?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const never = new AbortController().signal;
  const record = async (run: string) =>
    (await new RedisLedger(client, "grok").records([run]))[0] ?? null;

  /** Delivers a run to a runner at which it ends so. */
  function fail(run: ReturnType<typeof tinyRun>, error: Error) {
    const runner = { run: () => Promise.reject(error) } as unknown as Runner;
    return deliver(run, {
      store,
      folder,
      worker: "host:1",
      maxBytes: 2 ** 20,
      every: 0,
      withRunner: (use) => use(runner) as Promise<Summary>,
      stop: never,
      lost: never,
      onEvent: () => {},
      onTrouble: () => {},
    });
  }

  it.each<Fault>(["machine", "unfit"])(
    "does not count against it, if the fault is the %s's",
    async (fault) => {
      const run = tinyRun(fault === "machine" ? 1 : 2);
      for (let time = 0; time < 5; time++) {
        const delivery = await fail(run, new RunnerError("Its disk is full.", fault));
        expect(delivery).toEqual({ type: "failed", fault, reason: "Its disk is full." });
      }
      expect(await record(run.name)).toMatchObject({
        state: null,
        failures: 0,
        claims: 0,
        trouble: "host:1: Its disk is full.",
      });
    },
  );

  it("knows the machine's fault where the runner did not begin", async () => {
    const full = Object.assign(new Error("ENOSPC: no space left"), { code: "ENOSPC" });
    expect(await fail(tinyRun(3), full)).toMatchObject({ type: "failed", fault: "machine" });
  });

  it("ends after three failures of its own", async () => {
    const run = tinyRun(4);
    const error = new RunnerError("It does not work.", "run");
    for (const failures of [1, 2]) {
      expect(await fail(run, error)).toMatchObject({ type: "failed", fault: "run" });
      expect(await record(run.name)).toMatchObject({ state: null, failures });
    }
    expect(await fail(run, error)).toMatchObject({ type: "committed", state: "failed" });
    expect(await record(run.name)).toMatchObject({ state: "failed", error: "It does not work." });
  });

  it("ends if it was taken up twenty times and its processes died", async () => {
    const run = tinyRun(5);
    const error = new RunnerError("The process of the run ended by SIGKILL.");
    for (let time = 0; time < 20; time++) {
      expect(await fail(run, error)).toMatchObject({ type: "failed", fault: "process" });
    }
    expect(await fail(run, error)).toMatchObject({
      type: "committed",
      state: "failed",
      error: expect.stringContaining("taken up 20 times"),
    });
  });
});
