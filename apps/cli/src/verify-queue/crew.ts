import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import type { TcpProxy } from "@grok/redis";
import { Actor } from "./actor";
import { engineOf, send } from "./processes";
import { skewedClock } from "./skewed-clock";

/** What is special of a worker. */
export interface Trait {
  name: string;
  /** Put before the command. */
  before: readonly string[];
  /** The engine, in place of this one. */
  node: string | null;
}

/** Seconds after which a campaign's jobs are another worker's. */
export const lockSeconds = 2;

/** A worker with a connection of its own, which is hired anew whenever it ends. */
export class Hand {
  readonly trait: Trait;
  readonly proxy: TcpProxy;
  actor: Actor;
  /** Those before. */
  readonly gone: Actor[] = [];
  readonly #hire: () => Actor;
  #isOver = false;

  constructor(trait: Trait, proxy: TcpProxy, hire: () => Actor) {
    this.trait = trait;
    this.proxy = proxy;
    this.#hire = hire;
    this.actor = hire();
    this.#watch();
  }

  /** Ends it for good, in order; false if it does not end. */
  async dismiss(ms: number): Promise<boolean> {
    this.#isOver = true;
    send(engineOf(this.actor.pid), "SIGTERM");
    const isEnded = await this.actor.endsWithin(ms);
    if (!isEnded) await this.actor.kill();
    return isEnded;
  }

  #watch(): void {
    const { actor } = this;
    void actor.ended.then(async () => {
      await setTimeout(100);
      if (this.#isOver) return;
      this.gone.push(actor);
      this.actor = this.#hire();
      this.#watch();
    });
  }
}

/** The command line of a worker. */
export function workerCommand(
  self: readonly string[],
  { before, node }: Pick<Trait, "before" | "node">,
  flags: readonly string[],
): string[] {
  const [engine = process.execPath, ...rest] = self;
  const main = rest.pop() ?? "";
  const worker = [...rest, "--import", skewedClock, main, "worker", "--json", ...flags];
  return [...before, node ?? engine, ...worker];
}

/** Workers as a machine room has them: plain, in a container, on another engine. */
export function traits(otherNode: string | null): Trait[] {
  const plain = { name: "plain", before: [], node: null };
  const container = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const found: Trait[] = [plain];
  const isPossible =
    spawnSync(container[0] as string, [...container.slice(1), "true"]).status === 0;
  if (isPossible) found.push({ name: "in a PID namespace", before: container, node: null });
  else found.push({ ...plain, name: "plain too" });
  if (otherNode !== null) found.push({ name: "on another Node", before: [], node: otherNode });
  return found;
}
