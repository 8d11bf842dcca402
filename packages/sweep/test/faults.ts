import { mkdtemp, rm } from "node:fs/promises";

import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { startRunner } from "../src/node/runner";
import { runFolder } from "../src/node/sweep-folder";
import { followQueue } from "../src/queue/follow-queue";
import { jobId } from "../src/queue/job";
import { RedisLedger } from "../src/queue/redis-ledger";
import type { SweepRun } from "../src/run/sweep-run";
import { RedisServer } from "./redis-server";
import { scratch } from "./scratch";
import { TcpProxy } from "./tcp-proxy";
import { bytesOf } from "./tiny-runs";
import { WorkerProcess } from "./worker";

/** What can go wrong between a queue and its workers. */
export const faultKinds = ["kill", "restart", "cut", "twice"] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Settings of {@link withFaults}. */
export interface FaultOptions {
  runs: readonly SweepRun[];
  /** Faults to make while runs last, in this order. */
  faults: Iterable<FaultKind>;
  workers: number;
  lockMs: number;
  /** Milliseconds before each fault, at random up to twice as many. */
  everyMs: number;
  /** Steps that all runs together have stored from one fault to the next, at least. */
  everySteps: number;
  /** Numbers in [0, 1). */
  random: () => number;
}

/** What happened, and whether it did any harm. */
export interface FaultReport {
  runs: number;
  faults: Record<FaultKind, number>;
  /** Runs with exactly one accepted result. */
  endedOnce: number;
  /** Runs whose files are those of a single process, to the byte. */
  sameBytes: number;
  /** Writes of workers that had lost their run, which the store refused. */
  refusedWrites: number;
  /** Times that a worker took a run; the runs were needed once each. */
  taken: number;
  /** Of these, how many went on from another worker's checkpoint. */
  resumed: number;
  deliveries: Record<"committed" | "repeated" | "lost" | "given-back", number>;
}

/** Does runs on a queue with workers in processes of their own while things go wrong. */
export async function withFaults(options: FaultOptions): Promise<FaultReport> {
  const scene = await Scene.set(options);
  try {
    return await scene.play();
  } finally {
    await scene.clear();
  }
}

const queueName = "faults";

/** A worker, and what stands between it and its Redis. */
interface Hired {
  readonly proxy: TcpProxy;
  process: WorkerProcess;
}

class Scene {
  readonly #options: FaultOptions;
  readonly #server: RedisServer;
  readonly #folder: string;
  readonly #workers: Hired[] = [];
  readonly #gone: WorkerProcess[] = [];
  readonly #counts: Record<FaultKind, number> = { kill: 0, restart: 0, cut: 0, twice: 0 };
  readonly #redis: Redis;
  readonly #healing = new Set<Promise<void>>();
  #isOver = false;

  private constructor(options: FaultOptions, server: RedisServer, folder: string) {
    this.#options = options;
    this.#server = server;
    this.#folder = folder;
    this.#redis = new Redis(server.url, { maxRetriesPerRequest: null, retryStrategy: () => 100 });
    this.#redis.on("error", () => {});
  }

  static async set(options: FaultOptions): Promise<Scene> {
    const folder = await mkdtemp(join(scratch, "grok-faults-"));
    const scene = new Scene(options, await RedisServer.start(), folder);
    for (let index = 0; index < options.workers; index++) {
      const proxy = await TcpProxy.start(scene.#server.port);
      const worker = { proxy, process: scene.#hire(proxy) };
      scene.#workers.push(worker);
      scene.#replace(worker);
    }
    return scene;
  }

  async play(): Promise<FaultReport> {
    const { runs } = this.#options;
    const sweep = join(this.#folder, "sweep");
    const following = followQueue({ ...this.#queue(), runs, folder: sweep, everyMs: 200 });
    const faulting = this.#makeFaults();
    const { done, failed } = await following;
    this.#isOver = true;
    await faulting;
    await Promise.all(this.#healing);
    if (done !== runs.length)
      throw new Error(`${failed} runs failed, ${done} of ${runs.length} ended.`);
    await this.#drained();
    await Promise.all(this.#workers.map(({ process }) => process.kill("SIGTERM")));
    return this.#report(sweep);
  }

  async clear(): Promise<void> {
    this.#isOver = true;
    this.#server.thaw();
    await Promise.all(this.#healing);
    for (const { process, proxy } of this.#workers) {
      await process.kill();
      await proxy.close();
    }
    this.#redis.disconnect();
    await this.#server.remove();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #queue(port = this.#server.port) {
    return { url: `redis://127.0.0.1:${port}`, name: queueName };
  }

  #hire(proxy: TcpProxy): WorkerProcess {
    const { lockMs } = this.#options;
    const dir = join(this.#folder, "work");
    return new WorkerProcess({
      ...this.#queue(proxy.port),
      threads: 1,
      lockMs,
      storeEveryMs: 50,
      dir,
    });
  }

  /** Starts another where one has ended, as whatever runs services would, until all is over. */
  #replace(worker: Hired): void {
    const { process } = worker;
    void process.ended.then(async () => {
      await setTimeout(200);
      if (this.#isOver) return;
      this.#gone.push(process);
      worker.process = this.#hire(worker.proxy);
      this.#replace(worker);
    });
  }

  async #makeFaults(): Promise<void> {
    const { faults, everyMs, everySteps, random } = this.#options;
    // However slow the machine, faults meet runs that are on their way.
    let next = 0;
    for (const kind of faults) {
      await setTimeout(2 * everyMs * random());
      while (!this.#isOver && ((await this.#steps()) < next || !this.#isBusy))
        await setTimeout(100);
      if (this.#isOver) return;
      if (await this.#make(kind)) this.#counts[kind]++;
      next += everySteps;
    }
  }

  get #isBusy(): boolean {
    return this.#workers.some(({ process }) => process.is("busy"));
  }

  /** What all runs together have stored. */
  async #steps(): Promise<number> {
    const names = this.#options.runs.map(({ name }) => name);
    const records = await new RedisLedger(this.#redis, queueName).records(names);
    return records.reduce((sum, record) => sum + (record?.step ?? 0), 0);
  }

  /** Makes a fault, which may take longer to heal than this waits. */
  async #make(kind: FaultKind): Promise<boolean> {
    const { random } = this.#options;
    // Who has a run suffers first: elsewhere a fault proves little.
    const busy = this.#workers.filter(({ process }) => process.is("busy"));
    const worker = pick(busy.length > 0 ? busy : this.#workers, random) as Hired;
    switch (kind) {
      case "kill": {
        await worker.process.kill();
        return true;
      }
      case "restart":
        await this.#server.end(random() < 0.5 ? "SIGKILL" : "SIGTERM");
        await setTimeout(500 * random());
        await this.#server.start();
        return true;
      case "cut":
        this.#heal(this.#cut(worker.proxy));
        return true;
      case "twice":
        return this.#deliverTwice();
    }
  }

  #heal(healing: Promise<void>): void {
    this.#healing.add(healing);
    void healing.finally(() => this.#healing.delete(healing));
  }

  async #cut(proxy: TcpProxy): Promise<void> {
    const { lockMs, random } = this.#options;
    if (random() < 0.5) proxy.silence();
    else proxy.refuse();
    await setTimeout(lockMs * (1.5 + random()));
    proxy.open();
  }

  /** Puts a job among those that wait, whatever the queue thinks of it: being done, or done. */
  async #deliverTwice(): Promise<boolean> {
    const { runs, random } = this.#options;
    const isThere = await Promise.all(
      runs.map(({ name }) => this.#redis.hexists(`bull:${queueName}:${jobId(name)}`, "data")),
    );
    const active = await this.#redis.lrange(`bull:${queueName}:active`, 0, -1);
    // Those that are being done come first: they are the ones that two workers then have.
    const candidates = runs.filter(({ name }) => active.includes(jobId(name)));
    const [run] = candidates.length > 0 && random() < 0.7 ? candidates : [pick(runs, random)];
    if (run === undefined) return false;
    const id = jobId(run.name);
    if (isThere[runs.indexOf(run)] === 0) {
      const queue = new Queue(queueName, { connection: { port: this.#server.port } });
      queue.on("error", () => {});
      await queue.add("run", { experiment: run.experiment }, { jobId: id });
      await queue.close();
    } else {
      await this.#redis
        .multi()
        // Where the next job is taken from.
        .rpush(`bull:${queueName}:wait`, id)
        .zadd(`bull:${queueName}:marker`, 0, "0")
        .exec();
    }
    return true;
  }

  /** Lets what was delivered last come to its end, too. */
  async #drained(): Promise<void> {
    for (let look = 0; look < 300; look++) {
      const waiting = await this.#redis.llen(`bull:${queueName}:wait`);
      const active = await this.#redis.llen(`bull:${queueName}:active`);
      if (waiting + active === 0) return;
      await setTimeout(100);
    }
    throw new Error("The queue still has jobs, though all runs have ended.");
  }

  async #report(sweep: string): Promise<FaultReport> {
    const { runs } = this.#options;
    const ledger = new RedisLedger(this.#redis, queueName);
    const records = await ledger.records(runs.map(({ name }) => name));
    const alone = await this.#alone();
    let sameBytes = 0;
    for (const { name } of runs) {
      const bytes = await bytesOf(runFolder(sweep, name));
      if (bytes === alone.get(name)) sameBytes++;
    }
    const processes = [...this.#gone, ...this.#workers.map(({ process }) => process)];
    const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    const count = (type: keyof FaultReport["deliveries"]) =>
      total(processes.map((process) => process.count(type)));
    return {
      runs: runs.length,
      faults: this.#counts,
      endedOnce: records.filter((record) => record?.commits === 1).length,
      sameBytes,
      refusedWrites: total(records.map((record) => record?.refused ?? 0)),
      taken: total(records.map((record) => record?.token ?? 0)),
      resumed: total(processes.map(countResumed)),
      deliveries: {
        committed: count("committed"),
        repeated: count("repeated"),
        lost: count("lost"),
        "given-back": count("given-back"),
      },
    };
  }

  /** What a single process makes of the runs. */
  async #alone(): Promise<Map<string, string>> {
    const runner = startRunner({ threads: 1 });
    const bytes = new Map<string, string>();
    try {
      for (const run of this.#options.runs) {
        const folder = join(this.#folder, "alone", run.name);
        await runner.run({ run, folder });
        bytes.set(run.name, await bytesOf(folder));
      }
    } finally {
      await runner.stop();
    }
    return bytes;
  }
}

function countResumed({ heard }: WorkerProcess): number {
  return heard.filter(
    (line) => line.type === "delivery" && line.event.type === "taken" && line.event.step > 0,
  ).length;
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}
