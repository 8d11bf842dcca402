import type { Batch } from "@grok/data";
import { expect, it, vi } from "vitest";
import { fixtureOf, type ReadFixture } from "./fixture.ts";
import { type Stepped, serveSteps } from "./stepped.ts";
import { workload } from "./workload.ts";

/** Milliseconds on a clock that only steps move: one each. */
let now = 0;
vi.spyOn(performance, "now").mockImplementation(() => now);

/** Notes how many steps it makes before it is waited for. */
class Noting implements Stepped {
  parameters = 1;
  versions = {};
  batches: Batch[] = [];
  together: number[] = [];
  #open = 0;

  step(batch: Batch): void {
    this.batches.push(batch);
    this.#open++;
    now++;
  }

  async finish(): Promise<void> {
    this.together.push(this.#open);
    this.#open = 0;
  }

  async loss(): Promise<number> {
    this.#open = 0;
    return 10 - this.batches.length;
  }
}

const batchOf = (size: number): Batch => ({
  tokens: new Int32Array(size * 2),
  features: new Float32Array(0),
  labels: new Int32Array(size),
  targets: new Float32Array(0),
  size,
});

const fixture: ReadFixture = {
  ...fixtureOf(workload("W2", { examples: 8, checkSteps: 3 })),
  weights: new Map(),
  check: [batchOf(8), batchOf(8), batchOf(8)],
  train: batchOf(64),
};

it("makes the common first steps one by one, then draws batches of its own", async () => {
  const stepped = new Noting();
  const served = await serveSteps(stepped, fixture, { checkSteps: 2 });
  expect(served.ready.losses).toEqual([9, 8]);
  expect(stepped.batches).toEqual(fixture.check.slice(0, 2));
  await served.make?.(5);
  expect(stepped.together).toEqual([5]);
  expect(stepped.batches.length).toBe(7);
  expect(stepped.batches.at(-1)?.size).toBe(8);
});

it("asks for more steps at once while they are quick, and never for more than is allowed", async () => {
  const stepped = new Noting();
  const served = await serveSteps(stepped, fixture, { checkSteps: 0, atOnce: 6 });
  expect(await served.run(0.04)).toEqual({ steps: 43, seconds: 0.043, loss: 10 - 43 });
  expect(stepped.together).toEqual([1, 2, 4, 6, 6, 6, 6, 6, 6]);
});

it("asks for no more at once where a step takes long", async () => {
  const stepped = new Noting();
  const served = await serveSteps(stepped, fixture, { checkSteps: 0, atOnce: 6 });
  await served.run(0.004);
  expect(stepped.together).toEqual([1, 1, 1, 1]);
});

it("waits after each step where nothing else is said", async () => {
  const stepped = new Noting();
  const served = await serveSteps(stepped, fixture, { checkSteps: 0 });
  await served.run(0);
  await served.run(0);
  expect(stepped.together).toEqual([1, 1]);
});
