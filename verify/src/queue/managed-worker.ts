import { spawnSync } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import type { TcpProxy } from "@grok/redis";
import { CommandProcess } from "./command-process";
import { engineOf, send } from "./processes";
import { skewedClock } from "./skewed-clock";

/** What is special of a worker. */
export interface WorkerVariant {
  name: string;
  /** Put before the command. */
  before: readonly string[];
  /** The engine, instead of this one. */
  node: string | null;
}

/** Seconds after which a campaign's jobs are another worker's. */
export const lockSeconds = 2;

/** A worker with a connection of its own, which is restarted whenever it ends. */
export class ManagedWorker {
  readonly variant: WorkerVariant;
  readonly proxy: TcpProxy;
  child: CommandProcess;
  /** Those before. */
  readonly gone: CommandProcess[] = [];
  readonly #startWorker: () => CommandProcess;
  #isOver = false;

  constructor(variant: WorkerVariant, proxy: TcpProxy, start: () => CommandProcess) {
    this.variant = variant;
    this.proxy = proxy;
    this.#startWorker = start;
    this.child = start();
    this.#watch();
  }

  /** Ends it for good, in order; false if it does not end. */
  async stop(ms: number): Promise<boolean> {
    this.#isOver = true;
    send(engineOf(this.child.pid), "SIGTERM");
    const isEnded = await this.child.endsWithin(ms);
    if (!isEnded) await this.child.kill();
    return isEnded;
  }

  #watch(): void {
    const { child } = this;
    void child.ended.then(async () => {
      await setTimeout(100);
      if (this.#isOver) return;
      this.gone.push(child);
      this.child = this.#startWorker();
      this.#watch();
    });
  }
}

/** The command line of a worker. */
export function workerCommand(
  self: readonly string[],
  { before, node }: Pick<WorkerVariant, "before" | "node">,
  flags: readonly string[],
): string[] {
  const [engine = process.execPath, ...rest] = self;
  const main = rest.pop() ?? "";
  const worker = [...rest, "--import", skewedClock, main, "worker", "--json", ...flags];
  return [...before, node ?? engine, ...worker];
}

/** Workers as a machine room has them: plain, in a container, on another engine. */
export function workerVariants(otherNode: string | null): WorkerVariant[] {
  const plain = { name: "plain", before: [], node: null };
  const container = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const found: WorkerVariant[] = [plain];
  const isPossible =
    spawnSync(container[0] as string, [...container.slice(1), "true"]).status === 0;
  if (isPossible) found.push({ name: "in a PID namespace", before: container, node: null });
  else found.push({ ...plain, name: "plain too" });
  if (otherNode !== null) found.push({ name: "on another Node", before: [], node: otherNode });
  return found;
}
