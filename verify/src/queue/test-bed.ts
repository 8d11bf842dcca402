import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { RedisServer, TcpProxy } from "@grok/redis";
import { makeFolder } from "@grok/train/node";
import { SmallDisk } from "../small-disk";
import { CommandProcess } from "./command-process";
import {
  lockSeconds,
  ManagedWorker,
  type WorkerVariant,
  workerCommand,
  workerVariants,
} from "./managed-worker";
import { whatDiffers } from "./outcome";

/** Settings of {@link TestBed}. */
export interface TestBedOptions {
  self: readonly string[];
  /** Where the folders are. */
  root: string;
  otherNode: string | null;
  /** The largest number of workers; the plain one is the first. Default: all variants. */
  maxWorkers?: number;
  random: () => number;
  signal: AbortSignal;
}

/** Milliseconds in which a process ends that is told to. */
const endMs = 60_000;

/** Milliseconds that a round may last behind its last fault. */
const roundMs = 1_800_000;

/** A Redis with workers, of which sweeps get their runs done while things go wrong. */
export class TestBed {
  readonly self: readonly string[];
  readonly random: () => number;
  readonly server: RedisServer;
  readonly workers: ManagedWorker[] = [];
  /** Of two of the workers; null if this process may make none. */
  readonly disk: SmallDisk | null;
  /** The runs of the round. */
  names: string[] = [];
  /** What was wrong, a sentence each. */
  readonly wrong: string[] = [];
  readonly #options: TestBedOptions;
  readonly #healing = new Set<Promise<void>>();
  #server: Promise<unknown> = Promise.resolve();
  #sweeps: { child: CommandProcess; folder: string; file: string }[] = [];
  #all: CommandProcess[] = [];

  private constructor(options: TestBedOptions, server: RedisServer, disk: SmallDisk | null) {
    this.#options = options;
    this.self = options.self;
    this.random = options.random;
    this.server = server;
    this.disk = disk;
  }

  /** Starts Redis and the workers. */
  static async start(options: TestBedOptions): Promise<TestBed> {
    const shared = join(options.root, "work");
    await makeFolder(shared);
    const disk = await SmallDisk.at(shared).catch(() => null);
    const bed = new TestBed(options, await RedisServer.start(), disk);
    const variants = workerVariants(options.otherNode).slice(0, options.maxWorkers);
    for (const variant of variants) await bed.#startWorker(variant, shared);
    return bed;
  }

  /**
   * Lets two sweeps over the same runs be done, and makes faults until they have.
   *
   * @returns whether everything ended
   */
  async round(spec: object, faults: () => Promise<void>): Promise<boolean> {
    const { root } = this.#options;
    const number = (await readdir(root)).length;
    const file = join(root, `round-${number}.yaml`);
    await writeFile(file, JSON.stringify(spec));
    const folders = ["reference", "one", "two"].map((name) => join(root, `${number}-${name}`));
    const [reference = "", ...others] = folders;
    const alone = this.#sweep(file, reference, ["--jobs", "1", "--threads", "1"]);
    if ((await alone.ended) !== 0)
      throw new Error(`The sweep without a queue failed: ${alone.said}`);
    this.names = await readdir(join(reference, "runs"));
    this.#sweeps = others.map((folder) => ({ folder, file, child: this.#onQueue(file, folder) }));
    const over = new AbortController();
    const faulting = this.#fault(faults, over.signal);
    const isEnded = await this.#ended();
    over.abort();
    await faulting;
    await Promise.all(this.#healing);
    if (!isEnded) this.wrong.push(`A sweep of round ${number} came to no end.`);
    for (const folder of others) {
      for (const name of this.names) {
        const at = join("runs", name);
        const found = await whatDiffers(join(reference, at), join(folder, at));
        this.wrong.push(...found.map((each) => `${folder}/${at}: ${each}`));
      }
    }
    return isEnded;
  }

  /** A worker. */
  pick(): ManagedWorker {
    return this.workers[Math.floor(this.random() * this.workers.length)] as ManagedWorker;
  }

  /** Mends something later. */
  heal(ms: number, act: () => Promise<void>): void {
    const healing = setTimeout(ms)
      .then(act)
      .catch((error: Error) => void this.wrong.push(`Healing failed: ${error.message}`));
    this.#healing.add(healing);
    void healing.finally(() => this.#healing.delete(healing));
  }

  /** Does something to Redis that nothing else is done to meanwhile. */
  async withServer(
    act: (bed: TestBed) => Promise<string | undefined | void>,
  ): Promise<{ isMade: boolean; wrong?: string }> {
    const acting = this.#server.then(() => act(this));
    this.#server = acting.catch(() => {});
    const wrong = await acting;
    return typeof wrong === "string" ? { isMade: true, wrong } : { isMade: true };
  }

  /** Kills one of the sweeps, and starts it again. */
  async killSweep(): Promise<void> {
    const sweep = this.#sweeps[Math.floor(this.random() * this.#sweeps.length)];
    if (sweep === undefined || !sweep.child.isAlive) return;
    await sweep.child.kill();
    sweep.child = this.#onQueue(sweep.file, sweep.folder);
  }

  /** Runs that have been downloaded, in both sweeps together. */
  async home(): Promise<number> {
    const counts = await Promise.all(
      this.#sweeps.map(async ({ folder }) => {
        const names = await readdir(join(folder, "runs")).catch(() => []);
        return names.filter((name) => !name.startsWith(".")).length;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Ends everything; what does not end, or says what it should not, is wrong. */
  async close(): Promise<void> {
    this.server.thaw();
    await Promise.all(this.#healing);
    await Promise.all(
      this.workers.map(async (worker) => {
        worker.proxy.open();
        if (!(await worker.stop(endMs))) {
          this.wrong.push(
            `The worker ${worker.variant.name} did not end within ${endMs / 1000} s.`,
          );
        }
        await worker.proxy.close();
      }),
    );
    await Promise.all(this.#sweeps.map(({ child }) => child.kill()));
    for (const { launch, fault } of this.#all) {
      if (fault !== null) this.wrong.push(`${launch.name} printed: ${fault.trim()}`);
    }
    await this.server.remove();
    await this.disk?.release();
  }

  async #startWorker(variant: WorkerVariant, shared: string): Promise<void> {
    const proxy = await TcpProxy.start(this.server.port);
    const { root } = this.#options;
    // Those of one machine share a folder, whatever container they are in; the disk is theirs too.
    const dir = variant.node === null ? shared : join(root, "other");
    const queue = ["--queue", `redis://127.0.0.1:${proxy.port}`, "--queue-name", "verify"];
    const how = ["--threads", "1", "--lock", `${lockSeconds}`, "--store-every", "0", "--dir", dir];
    const command = workerCommand(this.self, variant, [...queue, ...how]);
    const name = `worker ${variant.name}`;
    this.workers.push(new ManagedWorker(variant, proxy, () => this.#start({ name, command })));
  }

  #onQueue(file: string, folder: string): CommandProcess {
    const queue = ["--queue", this.server.url, "--queue-name", "verify"];
    return this.#sweep(file, folder, queue);
  }

  #sweep(file: string, folder: string, flags: readonly string[]): CommandProcess {
    const sweep = ["sweep", file, "--out-dir", folder, "--no-reuse", "--no-plots", ...flags];
    return this.#start({ name: "sweep", command: [...this.self, ...sweep] });
  }

  #start(launch: { name: string; command: readonly string[] }): CommandProcess {
    const child = new CommandProcess(launch);
    this.#all.push(child);
    const kill = () => void child.kill();
    this.#options.signal.addEventListener("abort", kill);
    void child.ended.finally(() => this.#options.signal.removeEventListener("abort", kill));
    return child;
  }

  async #fault(faults: () => Promise<void>, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await faults().catch((error: Error) => void this.wrong.push(error.message));
      await this.#pause(over);
    }
  }

  /** Waits a little; from time to time until a run came home, so that the runs get further at all. */
  async #pause(over: AbortSignal): Promise<void> {
    await setTimeout(300 * this.random(), undefined, { signal: over }).catch(() => {});
    if (this.random() > 0.1) return;
    const before = await this.home();
    for (let look = 0; look < 30 && !over.aborted; look++) {
      if ((await this.home()) > before) return;
      await setTimeout(200, undefined, { signal: over }).catch(() => {});
    }
  }

  /** Starts a sweep again that found Redis of no use as it began, and said so. */
  async #restartIfRefused(sweep: {
    child: CommandProcess;
    folder: string;
    file: string;
  }): Promise<void> {
    const { child } = sweep;
    if (child.isAlive || (await child.ended) !== 2) return;
    if (/^grok: .*(Redis|127\.0\.0\.1).*$/m.test(child.said)) {
      sweep.child = this.#onQueue(sweep.file, sweep.folder);
    }
  }

  async #ended(): Promise<boolean> {
    const until = performance.now() + roundMs;
    for (;;) {
      for (const sweep of this.#sweeps) await this.#restartIfRefused(sweep);
      const { child } = this.#sweeps.find((each) => each.child.isAlive) ?? {};
      if (child === undefined) break;
      if (performance.now() > until || this.#options.signal.aborted) {
        for (const each of this.#sweeps) await each.child.kill();
        return false;
      }
      await child.endsWithin(500);
    }
    for (const { child } of this.#sweeps) {
      const status = await child.ended;
      if (status !== 0)
        this.wrong.push(`A sweep ended with ${status}: ${child.said.trim().slice(-300)}`);
    }
    return existsSync(this.#options.root);
  }
}
