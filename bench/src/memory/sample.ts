import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startWasm, stopWasm } from "@grok/backend";
import { type GivenFlags, resolveExperiment, train } from "@grok/train";
import { createRun } from "@grok/train/node";
import { memory } from "@tensorflow/tfjs-core";

/** What a training process holds after a number of steps; sizes in bytes. */
export interface MemorySample {
  step: number;
  /** Resident set: all of the process, as the system sees it. */
  rss: number;
  /** JavaScript's heap after a full collection. */
  heap: number;
  /** Memory outside of that heap which belongs to JavaScript objects, WebAssembly's included. */
  external: number;
  /** The memory that WebAssembly has taken; it never gives any back. */
  wasm: number;
  /** Tensors of tfjs alive. */
  tensors: number;
  /** Their data buffers. */
  buffers: number;
}

/** What to run. */
export interface MemoryRun {
  preset: string;
  /** What is different from the preset. */
  flags?: GivenFlags;
  steps: number;
  /** Steps between samples, each at an evaluation of the training and validation set. */
  every: number;
  threads: number;
}

/**
 * Trains a preset on WebAssembly as `grok train` does, with a run folder that is removed at the end,
 * and gives a sample at every evaluation. It does not stop where it groks.
 *
 * @throws Error if garbage cannot be collected on demand: Node needs --expose-gc
 */
export async function* sampleMemory({
  preset,
  flags = {},
  steps,
  every,
  threads,
}: MemoryRun): AsyncGenerator<MemorySample> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error("Memory is sampled under node --expose-gc.");
  const experiment = resolveExperiment({
    preset,
    flags: {
      ...flags,
      steps,
      "eval-every": every,
      threads,
      backend: "wasm",
      "stop-on-grok": false,
    },
  });
  const host = await startWasm({ threads });
  const parent = await mkdtemp(join(tmpdir(), "grok-memory-"));
  try {
    const store = await createRun(join(parent, "run"), experiment);
    try {
      for await (const event of train(experiment, { store })) {
        if (event.type === "end" && event.summary.error) throw new Error(event.summary.error);
        if (event.type !== "evaluation") continue;
        collect();
        const { rss, heapUsed, external } = process.memoryUsage();
        const { numTensors, numDataBuffers } = memory();
        yield {
          step: event.record.step,
          rss,
          heap: heapUsed,
          external,
          wasm: host.memory.buffer.byteLength,
          tensors: numTensors,
          buffers: numDataBuffers,
        };
      }
    } finally {
      await store.close();
    }
  } finally {
    await stopWasm();
    await rm(parent, { recursive: true });
  }
}
