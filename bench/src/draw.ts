import { type Batch, batcher, gather } from "@grok/data";
import type { ReadFixture } from "./fixture.ts";

/** A function that draws the next batch, for an implementation in JavaScript. */
export function drawBatches({ batch: { mode, size }, train }: ReadFixture): () => Batch {
  if (mode === "stream" || train === null) {
    throw new RangeError("batches from a stream are not drawn here");
  }
  if (mode === "full") return () => train;
  const batches = batcher({ mode, size: train.size, batchSize: size, seed: 0 });
  let step = 0;
  return () => gather(train, batches.indices(step++));
}
