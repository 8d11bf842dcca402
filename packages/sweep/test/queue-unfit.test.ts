import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasRedis, RedisServer, scratch } from "@grok/redis";
import { encodeCheckpoint } from "@grok/train";
import { readCheckpoint, readRun } from "@grok/train/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runExperiment } from "../src/node/run-experiment";
import type { RunEvent } from "../src/node/runner-message";
import { CheckpointUploader } from "../src/queue/checkpoint-uploader";
import type { FollowEvent } from "../src/queue/follow-options";
import { followQueue } from "../src/queue/follow-queue";
import { openStore } from "../src/queue/open-store";
import type { QueueWorker } from "../src/queue/queue-worker";
import { startWorker } from "../src/queue/worker";
import type { SweepRun } from "../src/run/sweep-run";
import { expandSweep } from "../src/spec/expand-sweep";
import { d5 } from "./d5";
import { tinyRun } from "./tiny-runs";

const name = `a worker that is unfit for a run${hasRedis ? "" : " (needs Debian's redis-server)"}`;
describe.runIf(hasRedis)(name, () => {
  let server: RedisServer;
  let folder: string;
  let worker: QueueWorker | undefined;

  beforeEach(async () => {
    server = await RedisServer.start();
    folder = await mkdtemp(join(scratch, "grok-unfit-"));
  });
  afterEach(async () => {
    await worker?.stop();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** Puts a run on the queue that was interrupted elsewhere, where other arithmetic computed it. */
  async function beginElsewhere(run: SweepRun): Promise<void> {
    const begun = join(folder, "begun");
    const stop = new AbortController();
    const settings = { threads: 1, backend: "cpu", takeOver: false, allowChanges: false } as const;
    const tell = ({ type }: RunEvent) => {
      if (type === "checkpoint") stop.abort();
    };
    await runExperiment({ run, folder: begun }, settings, tell, stop.signal);
    for (const { path } of (await readRun(begun)).checkpoints) {
      const { environment, ...rest } = await readCheckpoint(path);
      const other = {
        backend: "cpu",
        arithmetic: "rounded",
        versions: environment?.versions ?? {},
      };
      await writeFile(path, await encodeCheckpoint({ ...rest, environment: other }));
    }
    const store = await openStore({ url: server.url });
    const { ledger, transport } = store;
    const claim = await ledger.claim(run.name, { holder: "h", worker: "elsewhere:1" });
    if (claim.type === "ended") throw new Error("Nobody has done it.");
    const holding = { name: run.name, holder: "h", token: claim.token };
    const limits = { maxBytes: 2 ** 20, every: 0 };
    const nothing = () => {};
    const told = { onLost: nothing, onTrouble: nothing };
    const uploader = new CheckpointUploader({
      transport,
      holding,
      folder: begun,
      stored: [],
      ...limits,
      ...told,
    });
    await uploader.flush();
    await uploader.close();
    await ledger.giveBack(run.name, "h", { why: "", counts: null });
    await store.close();
  }

  it("leaves it to others and says so, does the next, and counts nothing as failed", async () => {
    const [begun, other] = [tinyRun(0, { steps: 2_000 }), tinyRun(1)];
    await beginElsewhere(begun);
    const flags = { steps: 4, backend: "cpu" };
    const [own] = expandSweep({ preset: "d5", flags }, { extensions: [await d5()] }) as [SweepRun];
    const left = new Map<string, string>();
    const heard: FollowEvent[] = [];
    const over = new AbortController();
    const following = followQueue({
      url: server.url,
      runs: [begun, own, other],
      folder: join(folder, "sweep"),
      everyMs: 20,
      recheckMs: 50,
      signal: over.signal,
      onEvent: (event) => {
        heard.push(event);
        const isHome = heard.some((each) => each.type === "ended" && each.name === other.name);
        const isTold = heard.some((each) => each.type === "waiting" && each.name === begun.name);
        if (isHome && isTold && left.size === 2) over.abort();
      },
    });
    worker = await startWorker({
      url: server.url,
      dir: join(folder, "work"),
      threads: 1,
      onEvent: (event) => {
        if (event.type === "left") left.set(event.run.name, event.reason);
      },
    });
    expect(await following).toEqual({ done: 1, failed: 0, left: 2 });
    // A worker has no flag that would allow it.
    const reason =
      /would continue with arithmetic rounded → fused, which may give other numbers than the run would have had\.$/;
    expect(left.get(begun.name)).toMatch(reason);
    const why = expect.stringMatching(reason);
    expect(heard).toContainEqual({ type: "waiting", name: begun.name, why });
    expect(left.get(own.name)).toMatch(
      /^it needs the extension d5, sha256 [0-9a-f]{64}, which this worker was not started with/,
    );
  }, 180_000);
});
