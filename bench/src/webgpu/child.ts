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
  seconds: number;
  /** Bytes of the device's memory at the end. */
  bytes: number;
  /** Examples of a batch. */
  batch: number;
}

/**
 * Examples of a batch at most on a software adapter, which takes minutes for a whole one: what is
 * asked of a device depends on the network alone.
 */
const softwareBatch = 16;

/** Steps of the run that is taken away. */
const warm = 2;

const [who, id, count, folder] = process.argv.slice(2) as [string, WorkloadId, string, string];
const steps = Number(count);
const host = await startWebgpu({ allowSoftware: true });
const isSoftware = host.adapterName.endsWith("(software)");
const { experiment } = workload(id);
const { batch } = experiment.training;
const size =
  batch.mode === "full" ? 0 : isSoftware ? Math.min(softwareBatch, batch.size) : batch.size;
const tally = countCalls();

/** What the steps behind the first ones came to: a longer run less a short one. */
async function measured(run: (count: number) => Promise<void>): Promise<Counted> {
  const runOf = async (count: number) => {
    const before = { ...tally };
    const began = performance.now();
    await run(count);
    await host.device.queue.onSubmittedWorkDone();
    const counts = Object.entries(tally).map(([key, now]) => [
      key,
      now - before[key as keyof Tally],
    ]);
    return {
      seconds: (performance.now() - began) / 1000,
      tally: Object.fromEntries(counts) as Tally,
    };
  };
  // Once more than is counted: the first run fills the pools of buffers.
  await runOf(warm);
  const short = await runOf(warm);
  const long = await runOf(warm + steps);
  const entries = Object.entries(long.tally).map(([key, count]) => [
    key,
    count - short.tally[key as keyof Tally],
  ]);
  return {
    adapter: host.adapterName,
    steps,
    tally: Object.fromEntries(entries) as Tally,
    seconds: long.seconds - short.seconds,
    bytes: host.backend.bufferManager.numBytesAllocated + host.ownBytes,
    batch: size,
  };
}

async function ours(): Promise<Counted> {
  const { training } = experiment;
  const smaller = { ...batch, ...(batch.mode === "full" ? {} : { size }) } as typeof batch;
  const counted = { ...experiment, training: { ...training, batch: smaller } };
  return measured(async (until) => {
    for await (const event of train({ ...counted, backend: "webgpu" }, { until })) {
      if (event.type === "end" && event.cause !== undefined) throw event.cause;
    }
  });
}

async function stock(): Promise<Counted> {
  const { stockSteps } = await import("./stock.ts");
  const { step, dispose } = stockSteps(readHandout(folder), size);
  const result = await measured(async (count) => {
    for (let i = 0; i < count; i++) step(i);
  });
  dispose();
  return result;
}

const result = who === "ours" ? await ours() : await stock();
process.stdout.write(`${JSON.stringify(result)}\n`);
await stopBackend();
process.exit(0);
