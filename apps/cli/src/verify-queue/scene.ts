import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { RedisServer, TcpProxy } from "@grok/redis";
import { makeFolder } from "@grok/train/node";
import { SmallDisk } from "../verify/small-disk";
import { Actor } from "./actor";
import { Hand, lockSeconds, type Trait, traits, workerCommand } from "./crew";
import { whatDiffers } from "./outcome";

/** Settings of {@link Scene}. */
export interface SceneOptions {
  self: readonly string[];
  /** Where the folders are. */
  root: string;
  otherNode: string | null;
  /** Workers, at most; the plain one first. */
  most?: number;
  random: () => number;
  signal: AbortSignal;
}

/** Milliseconds in which a process ends that is told to. */
const endMs = 60_000;

/** Milliseconds that a round may last behind its last fault. */
const roundMs = 1_800_000;

/** A Redis with workers, of which sweeps get their runs done while things go wrong. */
export class Scene {
  readonly self: readonly string[];
  readonly random: () => number;
  readonly server: RedisServer;
  readonly hands: Hand[] = [];
  /** Of two of the workers; null if this process may make none. */
  readonly disk: SmallDisk | null;
  /** The runs of the round. */
  names: string[] = [];
  /** What was wrong, a sentence each. */
  readonly wrong: string[] = [];
  readonly #options: SceneOptions;
  readonly #healing = new Set<Promise<void>>();
  #server: Promise<unknown> = Promise.resolve();
  #sweeps: { actor: Actor; folder: string; file: string }[] = [];
  #all: Actor[] = [];

  private constructor(options: SceneOptions, server: RedisServer, disk: SmallDisk | null) {
    this.#options = options;
    this.self = options.self;
    this.random = options.random;
    this.server = server;
    this.disk = disk;
  }

  /** Starts Redis and the workers. */
  static async set(options: SceneOptions): Promise<Scene> {
    const shared = join(options.root, "work");
    await makeFolder(shared);
    const disk = await SmallDisk.at(shared).catch(() => null);
    const scene = new Scene(options, await RedisServer.start(), disk);
    const crew = traits(options.otherNode).slice(0, options.most);
    for (const trait of crew) await scene.#hire(trait, shared);
    return scene;
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
    this.#sweeps = others.map((folder) => ({ folder, file, actor: this.#onQueue(file, folder) }));
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
  pick(): Hand {
    return this.hands[Math.floor(this.random() * this.hands.length)] as Hand;
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
    act: (scene: Scene) => Promise<string | undefined | void>,
  ): Promise<{ isMade: boolean; wrong?: string }> {
    const acting = this.#server.then(() => act(this));
    this.#server = acting.catch(() => {});
    const wrong = await acting;
    return typeof wrong === "string" ? { isMade: true, wrong } : { isMade: true };
  }

  /** Kills one of the sweeps, and starts it again. */
  async killSweep(): Promise<void> {
    const sweep = this.#sweeps[Math.floor(this.random() * this.#sweeps.length)];
    if (sweep === undefined || !sweep.actor.isAlive) return;
    await sweep.actor.kill();
    sweep.actor = this.#onQueue(sweep.file, sweep.folder);
  }

  /** Runs that are home, in both sweeps together. */
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
  async clear(): Promise<void> {
    this.server.thaw();
    await Promise.all(this.#healing);
    await Promise.all(
      this.hands.map(async (hand) => {
        hand.proxy.open();
        if (!(await hand.dismiss(endMs))) {
          this.wrong.push(`The worker ${hand.trait.name} did not end within ${endMs / 1000} s.`);
        }
        await hand.proxy.close();
      }),
    );
    await Promise.all(this.#sweeps.map(({ actor }) => actor.kill()));
    for (const { part, unfit } of this.#all) {
      if (unfit !== null) this.wrong.push(`${part.name} printed: ${unfit.trim()}`);
    }
    await this.server.remove();
    await this.disk?.release();
  }

  async #hire(trait: Trait, shared: string): Promise<void> {
    const proxy = await TcpProxy.start(this.server.port);
    const { root } = this.#options;
    // Those of one machine share a folder, whatever container they are in; the disk is theirs too.
    const dir = trait.node === null ? shared : join(root, "other");
    const queue = ["--queue", `redis://127.0.0.1:${proxy.port}`, "--queue-name", "verify"];
    const how = ["--threads", "1", "--lock", `${lockSeconds}`, "--store-every", "0", "--dir", dir];
    const command = workerCommand(this.self, trait, [...queue, ...how]);
    const name = `worker ${trait.name}`;
    this.hands.push(new Hand(trait, proxy, () => this.#start({ name, command })));
  }

  #onQueue(file: string, folder: string): Actor {
    const queue = ["--queue", this.server.url, "--queue-name", "verify"];
    return this.#sweep(file, folder, queue);
  }

  #sweep(file: string, folder: string, flags: readonly string[]): Actor {
    const sweep = ["sweep", file, "--out-dir", folder, "--no-reuse", "--no-plots", ...flags];
    return this.#start({ name: "sweep", command: [...this.self, ...sweep] });
  }

  #start(part: { name: string; command: readonly string[] }): Actor {
    const actor = new Actor(part);
    this.#all.push(actor);
    const kill = () => void actor.kill();
    this.#options.signal.addEventListener("abort", kill);
    void actor.ended.finally(() => this.#options.signal.removeEventListener("abort", kill));
    return actor;
  }

  async #fault(faults: () => Promise<void>, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await faults().catch((error: Error) => void this.wrong.push(error.message));
      await this.#calm(over);
    }
  }

  /** Waits a little; now and then until a run came home, so that the runs get further at all. */
  async #calm(over: AbortSignal): Promise<void> {
    await setTimeout(300 * this.random(), undefined, { signal: over }).catch(() => {});
    if (this.random() > 0.1) return;
    const before = await this.home();
    for (let look = 0; look < 30 && !over.aborted; look++) {
      if ((await this.home()) > before) return;
      await setTimeout(200, undefined, { signal: over }).catch(() => {});
    }
  }

  /** Starts a sweep again that found Redis of no use as it began, and said so. */
  async #goOn(sweep: { actor: Actor; folder: string; file: string }): Promise<void> {
    const { actor } = sweep;
    if (actor.isAlive || (await actor.ended) !== 2) return;
    if (/^grok: .*(Redis|127\.0\.0\.1).*$/m.test(actor.said)) {
      sweep.actor = this.#onQueue(sweep.file, sweep.folder);
    }
  }

  async #ended(): Promise<boolean> {
    const until = performance.now() + roundMs;
    for (;;) {
      for (const sweep of this.#sweeps) await this.#goOn(sweep);
      const { actor } = this.#sweeps.find((each) => each.actor.isAlive) ?? {};
      if (actor === undefined) break;
      if (performance.now() > until || this.#options.signal.aborted) {
        for (const each of this.#sweeps) await each.actor.kill();
        return false;
      }
      await actor.endsWithin(500);
    }
    for (const { actor } of this.#sweeps) {
      const status = await actor.ended;
      if (status !== 0)
        this.wrong.push(`A sweep ended with ${status}: ${actor.said.trim().slice(-300)}`);
    }
    return existsSync(this.#options.root);
  }
}
