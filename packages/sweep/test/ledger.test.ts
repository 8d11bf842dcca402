import { hasRedis, RedisServer } from "@grok/redis";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Ledger, RunResult } from "../src/queue/ledger";
import { RedisLedger } from "../src/queue/redis-ledger";

const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const first = "checkpoints/step-00000010.safetensors";
const second = "checkpoints/step-00000020.safetensors";
const third = "checkpoints/step-00000030.safetensors";

function result(files: Record<string, string> = {}, keep: string[] = []): RunResult {
  const map = new Map(Object.entries(files).map(([name, text]) => [name, bytes(text)]));
  return { state: "done", summary: null, error: null, files: map, keep };
}

const name = `a ledger in Redis${hasRedis ? "" : " (needs Debian's redis-server)"}`;
describe.runIf(hasRedis)(name, () => {
  let server: RedisServer;
  let ledger: Ledger;
  let count = 0;
  beforeAll(async () => void (server = await RedisServer.start()));
  afterAll(() => server?.remove());
  beforeEach(() => {
    ledger = new RedisLedger(new Redis(server.url), `ledger-${count++}`);
    return () => ledger.close();
  });

  const text = async (run: string) =>
    Object.fromEntries(
      [...(await ledger.files(run))].map(([file, content]) => [
        file,
        Buffer.from(content).toString(),
      ]),
    );
  const take = (run: string, holder: string) =>
    ledger.claim(run, { holder, worker: `w-${holder}` });

  it("gives each claim a higher token, and the same one to a claim that is sent again", async () => {
    expect(await ledger.records(["r"])).toEqual([null]);
    expect(await take("r", "a")).toMatchObject({ token: 1, claims: 1, step: 0 });
    expect(await take("r", "a")).toMatchObject({ token: 1, claims: 1, step: 0 });
    expect(await take("r", "b")).toMatchObject({ token: 2, claims: 2, step: 0 });
    expect(await ledger.records(["q", "r"])).toMatchObject([null, { token: 2, worker: "w-b" }]);
  });

  it("keeps the checkpoints that the run keeps, and whatever bytes they have", async () => {
    await take("r", "a");
    const any = new Uint8Array(256).map((_, index) => index);
    await ledger.advance("r", "a", 10, { files: new Map([[first, any]]), keep: [first] });
    expect(new Uint8Array((await ledger.files("r")).get(first) as Uint8Array)).toEqual(any);
    const more = new Map([
      [second, bytes("2")],
      ["metrics.jsonl", bytes("m")],
    ]);
    await ledger.advance("r", "a", 20, { files: more, keep: [first, second] });
    await ledger.advance("r", "a", 30, {
      files: new Map([[third, bytes("3")]]),
      keep: [second, third],
    });
    expect(await text("r")).toEqual({ [second]: "2", [third]: "3", "metrics.jsonl": "m" });
    expect(await take("r", "b")).toMatchObject({ token: 2, claims: 1, step: 30 });
  });

  it("refuses what comes from a worker that lost its run", async () => {
    await take("r", "stale");
    await take("r", "new");
    const change = { files: new Map([[first, bytes("stale")]]), keep: [first] };
    expect(await ledger.advance("r", "stale", 10, change)).toBe(false);
    expect(await ledger.commit("r", "stale", result({ "summary.json": "stale" }))).toBe(false);
    await ledger.giveBack("r", "stale", { why: "", counts: null });
    expect(await text("r")).toEqual({});
    expect(await ledger.commit("r", "new", result({ "summary.json": "new" }))).toBe(true);
    expect(await ledger.commit("r", "stale", result({ "summary.json": "stale" }))).toBe(false);
    expect(await text("r")).toEqual({ "summary.json": "new" });
    expect(await ledger.records(["r"])).toMatchObject([{ commits: 1, refused: 3, state: "done" }]);
  });

  it("accepts one result, also where its sender did not hear so and sends it again", async () => {
    await take("r", "a");
    expect(await ledger.commit("r", "a", result())).toBe(true);
    expect(await ledger.commit("r", "a", result())).toBe(true);
    expect(await ledger.advance("r", "a", 10, result())).toBe(false);
    expect(await take("r", "b")).toEqual({ type: "ended", state: "done" });
    expect(await ledger.records(["r"])).toMatchObject([{ commits: 1, token: 1 }]);
    expect(await ledger.endedSince(0, 10)).toMatchObject({ names: ["r"], position: 1 });
  });

  it("does not count a claim that was given back, nor those before a step further", async () => {
    await take("r", "a");
    await ledger.giveBack("r", "a", { why: "", counts: null });
    expect(await take("r", "b")).toMatchObject({ token: 2, claims: 1 });
    expect(await take("r", "c")).toMatchObject({ token: 3, claims: 2 });
    await ledger.advance("r", "c", 10, { files: new Map(), keep: [] });
    expect(await take("r", "d")).toMatchObject({ token: 4, claims: 1 });
    // The same step again is no step further.
    await ledger.advance("r", "d", 10, { files: new Map(), keep: [] });
    expect(await take("r", "e")).toMatchObject({ token: 5, claims: 2 });
  });

  it("tells in which order runs ended, a part at a time", async () => {
    for (const run of ["c", "a", "b"]) {
      await take(run, run);
      await ledger.commit(run, run, result());
    }
    expect(await ledger.endedSince(0, 2)).toMatchObject({ names: ["c", "a"], position: 2 });
    expect(await ledger.endedSince(2, 2)).toMatchObject({ names: ["b"], position: 3 });
    expect(await ledger.endedSince(3, 2)).toMatchObject({ names: [], position: 3 });
  });

  it("forgets an end when it is opened again, but no token", async () => {
    await take("r", "a");
    await ledger.commit("r", "a", {
      ...result({ "summary.json": "s" }),
      state: "failed",
      error: "Why.",
    });
    expect(await ledger.records(["r"])).toMatchObject([{ state: "failed", error: "Why." }]);
    // Only by who has seen that end, and not a run that never was.
    expect(await ledger.reopen("r", 0)).toBe(false);
    expect(await ledger.reopen("never", 0)).toBe(false);
    expect(await ledger.reopen("r", 1)).toBe(true);
    expect(await ledger.reopen("r", 1)).toBe(false);
    expect(await ledger.endedSince(0, 2)).toMatchObject({ names: [] });
    expect(await text("r")).toEqual({});
    expect(await ledger.commit("r", "a", result())).toBe(false);
    expect(await take("r", "b")).toMatchObject({ token: 2, claims: 1, step: 0 });
    expect(await ledger.records(["never"])).toEqual([null]);
  });

  it("remembers who has taken files home when they are gone", async () => {
    for (const run of ["now", "later"]) {
      await take(run, "a");
      await ledger.commit(run, "a", result({ "summary.json": "s" }));
    }
    await ledger.gathered("now", "here:/sweep", 0);
    await ledger.gathered("later", "here:/sweep", 3600);
    await ledger.gathered("later", "there:/sweep", 0);
    expect(await ledger.records(["now", "later"])).toMatchObject([
      { hasFiles: false, gatheredBy: "here:/sweep", state: "done" },
      { hasFiles: true, gatheredBy: "here:/sweep", state: "done" },
    ]);
  });

  it("counts the failures of a run's own, and remembers why it was given back until it gets further", async () => {
    const why = "a:1: its disk is full";
    await take("r", "a");
    expect(await ledger.giveBack("r", "a", { why, counts: null })).toBe(0);
    expect(await ledger.records(["r"])).toMatchObject([{ claims: 0, failures: 0, trouble: why }]);
    await take("r", "b");
    expect(await ledger.giveBack("r", "b", { why: "x", counts: "claim" })).toBe(0);
    expect(await ledger.records(["r"])).toMatchObject([{ claims: 1, trouble: "x" }]);
    await take("r", "c");
    expect(await ledger.giveBack("r", "c", { why: "y", counts: "failure" })).toBe(1);
    // Sent again after a broken connection.
    expect(await ledger.giveBack("r", "c", { why: "y", counts: "failure" })).toBe(1);
    expect(await take("r", "d")).toMatchObject({ failures: 1, claims: 2 });
    await ledger.advance("r", "d", 10, { files: new Map(), keep: [] });
    expect(await ledger.records(["r"])).toMatchObject([{ trouble: null, failures: 1 }]);
  });

  it("gives results that have been downloaded when their time is over, or when the store is full", async () => {
    for (const run of ["old", "young", "abroad"]) {
      await take(run, "a");
      await ledger.commit(run, "a", result({ "summary.json": "s" }));
    }
    await ledger.gathered("young", "here:/sweep", 3600);
    await ledger.gathered("old", "here:/sweep", 0);
    expect(await ledger.home(9)).toEqual(["old"]);
    expect(await ledger.home(9, { isFull: true })).toEqual(["old", "young"]);
    await ledger.drop("young");
    expect(await ledger.home(9, { isFull: true })).toEqual(["old"]);
    expect(await ledger.records(["young", "abroad"])).toMatchObject([
      { hasFiles: false, gatheredBy: "here:/sweep" },
      { hasFiles: true, gatheredBy: null },
    ]);
  });

  it("is told apart from one that has forgotten everything", async () => {
    const { mark } = await ledger.endedSince(0, 1);
    expect((await ledger.endedSince(0, 1)).mark).toBe(mark);
    const redis = new Redis(server.url);
    await redis.flushall();
    redis.disconnect();
    expect((await ledger.endedSince(0, 1)).mark).not.toBe(mark);
    // What a worker still has of it is refused, and leaves no trace.
    expect(await ledger.commit("r", "a", result())).toBe(false);
    expect(await ledger.records(["r"])).toEqual([null]);
  });

  it("counts workers by the server's time", async () => {
    expect(await ledger.beat()).toBe(0);
    expect(await ledger.beat("one")).toBe(1);
    expect(await ledger.beat("two")).toBe(2);
    expect(await ledger.beat()).toBe(2);
  });
});
