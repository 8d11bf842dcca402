// One contestant's steps on WebGPU, counted. Called by main.ts: child.ts ours|stock WORKLOAD STEPS FOLDER
import { startWebgpu, stopBackend } from "@grok/backend";
import { train } from "@grok/train";
import { readHandout } from "../handout.ts";
import { type WorkloadId, workload } from "../workload.ts";
import { countCalls, type Tally } from "./tally.ts";

/** What a contestant's steps came to. */
export interface Counted {
  adapter: string;
  steps: number;
  /** Of the steps together, without the first ones. */
  tally: Tally;
  losses: number[];
  seconds: number;
  /** Bytes of the device's memory at the end. */
  bytes: number;
}

/** Steps that compile programs and fill the pools of buffers. */
const warm = 3;

const [who, id, count, folder] = process.argv.slice(2) as [string, WorkloadId, string, string];
const steps = Number(count);
const host = await startWebgpu({ allowSoftware: true });
const tally = countCalls();

async function measured(step: (i: number) => Promise<number>): Promise<Counted> {
  const losses: number[] = [];
  let from = { ...tally };
  let began = 0;
  for (let i = 0; i < warm + steps; i++) {
    if (i === warm) {
      from = { ...tally };
      began = performance.now();
    }
    losses.push(await step(i));
  }
  await host.device.queue.onSubmittedWorkDone();
  const entries = Object.entries(tally).map(([key, now]) => [key, now - from[key as keyof Tally]]);
  return {
    adapter: host.adapterName,
    steps,
    tally: Object.fromEntries(entries) as Tally,
    losses,
    seconds: (performance.now() - began) / 1000,
    bytes: host.backend.bufferManager.numBytesAllocated + host.ownBytes,
  };
}

async function ours(): Promise<Counted> {
  const { experiment } = workload(id);
  const events = train({ ...experiment, backend: "webgpu" }, { progressMs: 0 });
  let loss: number | null = null;
  let made = 0;
  const advance = async (until: number) => {
    while (made < until) {
      const { value } = await events.next();
      const event = value as { type: string; step?: number; loss?: number | null };
      if (event.type === "end") throw new Error("the training ended");
      if (event.type !== "progress") continue;
      made = event.step as number;
      loss = event.loss ?? loss;
    }
    return loss ?? Number.NaN;
  };
  return measured((i) => advance(i + 1));
}

async function stock(): Promise<Counted> {
  const { stockSteps } = await import("./stock.ts");
  const { step, dispose } = stockSteps(readHandout(folder));
  const result = await measured(step);
  dispose();
  return result;
}

const result = who === "ours" ? await ours() : await stock();
process.stdout.write(`${JSON.stringify(result)}\n`);
await stopBackend();
process.exit(0);
