import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { type Entry, entriesIn, type Orders, ordersVariable } from "./orders";

/** How a watched process ended, and what it told until then. */
export interface Watched {
  status: number | null;
  signal: NodeJS.Signals | null;
  entries: Entry[];
  /** What it printed on both streams. */
  text: string;
  /** Milliseconds until it first said what the run does, and until it ended. */
  startMs: number;
  totalMs: number;
}

/** How a process is started that is watched. */
export interface Launch {
  /** How this command is started: node, its flags, and the file. */
  self: readonly string[];
  args: readonly string[];
  orders: Orders;
  /** Kills the process this many milliseconds after it began (`start`) or the run did (`run`). */
  kill?: { after: "start" | "run"; ms: number };
  /** Is given the process as soon as there is one. */
  onSpawn?: (child: ChildProcess) => void;
}

/** The module that watches, as it is loaded into a process. */
export function watcherOf(main: string): string {
  return main.replace(/main(?=\.[jt]s$)/, "verify-child");
}

/** Runs the command in a process of its own, watched, to its end. */
export async function watch({ self, args, orders, kill, onSpawn }: Launch): Promise<Watched> {
  const [node = process.execPath, ...rest] = self;
  const main = rest.pop() ?? "";
  const began = performance.now();
  const child = spawn(node, [...rest, `--import=${watcherOf(main)}`, main, ...args], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...process.env, [ordersVariable]: JSON.stringify(orders) },
  });
  onSpawn?.(child);
  let journal = "";
  let text = "";
  let startMs = Number.NaN;
  let timer: NodeJS.Timeout | undefined;
  const killIn = (ms: number) => {
    timer = setTimeout(() => child.kill("SIGKILL"), ms);
  };
  if (kill?.after === "start") killIn(kill.ms);
  (child.stdio[3] as Readable).on("data", (chunk: Buffer) => {
    journal += chunk.toString("latin1");
    if (Number.isNaN(startMs) && journal.includes('"phase"')) {
      startMs = performance.now() - began;
      if (kill?.after === "run") killIn(kill.ms);
    }
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const [status, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  const totalMs = performance.now() - began;
  return { status, signal, entries: entriesIn(journal), text, startMs, totalMs };
}

/** What a process was doing when it ended: the phase that it told last. */
export function phaseAt(entries: readonly Entry[]): string {
  const last = entries.findLast((entry) => entry.type === "phase");
  return last?.type === "phase" ? last.name : "start-up";
}

/** The operations that a process told of, in order. */
export function operationsOf(entries: readonly Entry[]): Extract<Entry, { type: "operation" }>[] {
  return entries.filter((entry) => entry.type === "operation");
}
