import type { Batch } from "@grok/data";
import { drawBatches } from "./draw.ts";
import type { ReadFixture } from "./fixture.ts";
import type { Served } from "./serve.ts";

/** A library's training, called step by step. */
export interface Stepped {
  /** Numbers that it trains. */
  parameters: number;
  /** What it runs on, by name. */
  versions: Record<string, string>;
  /** Makes a step, which may still have to be computed when this returns. */
  step(batch: Batch): void;
  /** Waits until all steps have been computed. */
  finish(): Promise<void>;
  /** The newest step's loss. */
  loss(): Promise<number>;
}

/** How a training is stepped. */
export interface SteppedSettings {
  /** How many of the common first steps it makes. */
  checkSteps: number;
  /** How many steps are asked for before they are waited for, at most; default 1. */
  atOnce?: number;
}

/** Makes the common first steps, and then as many as are asked for. */
export async function serveSteps(
  stepped: Stepped,
  fixture: ReadFixture,
  { checkSteps, atOnce = 1 }: SteppedSettings,
): Promise<Served> {
  const { parameters, versions } = stepped;
  const losses: number[] = [];
  for (const batch of fixture.check.slice(0, checkSteps)) {
    stepped.step(batch);
    losses.push(await stepped.loss());
  }
  const draw = drawBatches(fixture);
  const make = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) stepped.step(draw());
    await stepped.finish();
  };
  /** Grows while that many steps take little of a slice, so that a slow device gets no long queue. */
  let together = 1;
  return {
    ready: { parameters, losses, versions },
    make,
    run: async (seconds) => {
      const start = performance.now();
      let steps = 0;
      let passed = 0;
      do {
        await make(together);
        steps += together;
        const before = passed;
        passed = (performance.now() - start) / 1000;
        if (passed - before < seconds / 4) together = Math.min(atOnce, 2 * together);
      } while (passed < seconds);
      return { steps, seconds: passed, loss: await stepped.loss() };
    },
  };
}
