import type { MemorySample } from "./sample.ts";
import { type Slope, slopeOf } from "./slope.ts";

/** How a process's memory went over a run. */
export interface MemoryGrowth {
  /** Steps left out at the beginning, while compilers and heaps find their size. */
  warmUp: number;
  samples: number;
  first: MemorySample;
  last: MemorySample;
  /** Bytes per step from the warm-up on, by least squares. */
  bytesPerStep: Record<"rss" | "heap" | "external" | "wasm", Slope>;
  /** The same over the last half of the run alone. */
  lateBytesPerStep: Record<"rss" | "heap" | "external" | "wasm", Slope>;
  /** Whether the tensors were the same number at every sample. */
  tensorsConstant: boolean;
}

const measures = ["rss", "heap", "external", "wasm"] as const;

/** Sums samples up. */
export function growthOf(all: readonly MemorySample[], warmUp: number): MemoryGrowth {
  const samples = all.filter(({ step }) => step >= warmUp);
  const last = samples.at(-1) as MemorySample;
  const late = samples.filter(({ step }) => step >= last.step / 2);
  const slopes = (part: readonly MemorySample[]) =>
    Object.fromEntries(
      measures.map((measure) => [
        measure,
        slopeOf(part.map((sample) => [sample.step, sample[measure]])),
      ]),
    ) as MemoryGrowth["bytesPerStep"];
  return {
    warmUp,
    samples: samples.length,
    first: samples[0] as MemorySample,
    last,
    bytesPerStep: slopes(samples),
    lateBytesPerStep: slopes(late),
    tensorsConstant: samples.every(
      ({ tensors, buffers }) => tensors === last.tensors && buffers === last.buffers,
    ),
  };
}
