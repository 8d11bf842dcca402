import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { QueueWorkerEvent, QueueWorkerOptions } from "../src/queue/queue-worker";

type Line = QueueWorkerEvent | { type: "ready" } | { type: "trouble"; trouble: string };

/** A worker in a process of its own, which can be killed. */
export class WorkerProcess {
  readonly heard: Line[] = [];
  readonly ended: Promise<unknown>;
  readonly #process: ChildProcess;

  /** @param onLine is told each thing that the worker tells */
  constructor(options: QueueWorkerOptions, onLine: (line: Line) => void = () => {}) {
    const args = [...entry(), JSON.stringify(options)];
    this.#process = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    this.ended = once(this.#process, "exit");
    createInterface({ input: this.#process.stdout as NodeJS.ReadableStream }).on("line", (text) => {
      const line = JSON.parse(text) as Line;
      this.heard.push(line);
      onLine(line);
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  kill(signal: NodeJS.Signals = "SIGKILL"): Promise<unknown> {
    this.#process.kill(signal);
    return this.ended;
  }

  /** Whether it can take runs, or has one. */
  is(what: "ready" | "busy"): boolean {
    const of = (type: string) => this.heard.filter((line) => line.type === type);
    if (what === "ready") return of("ready").length > 0;
    return of("delivery").length > of("delivered").length + of("failed").length;
  }

  /** Of deliveries, how many ended so. */
  count(type: "committed" | "repeated" | "lost" | "given-back"): number {
    return this.heard.filter((line) => line.type === "delivered" && line.delivery.type === type)
      .length;
  }
}

/** What Node is told so that it runs a worker: from the sources, or from a bundle beside this. */
function entry(): string[] {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  if (!import.meta.url.endsWith(".ts")) return [path("./worker-process.js")];
  const hooks = new URL("../../../scripts/from-source.mjs", import.meta.url);
  const flags = ["--conditions=@grok/source", "--experimental-transform-types", "--no-warnings"];
  return [...flags, `--import=${hooks}`, path("./worker-process.ts")];
}
