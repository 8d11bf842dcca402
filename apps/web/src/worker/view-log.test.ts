import { expect, test } from "vitest";
import type { NetworkView } from "../network/inspector";
import { MemoryFiles } from "../storage/memory-files";
import { appendView, readViews, rewriteViews } from "./view-log";
import { Views } from "./views";

const viewOf = (step: number, size = 4): NetworkView => ({
  step,
  milliseconds: 1,
  answers: null,
  embedding: null,
  waves: null,
  attention: new Uint8Array(size).fill(step % 256),
  pair: null,
  measures: { weight_norm: step },
});

async function read(files: MemoryFiles): Promise<Views> {
  const views = new Views();
  await readViews(files, views);
  return views;
}

test("views come back by step, with what is drawn over time", async () => {
  const files = new MemoryFiles("run");
  expect((await read(files)).steps).toEqual([]);
  for (const step of [0, 20, 40]) await appendView(files, viewOf(step));
  const views = await read(files);
  expect(views.steps).toEqual([0, 20, 40]);
  expect(views.at(30)).toEqual(viewOf(20));
  expect(views.traces.map(({ step, measures }) => [step, measures["weight_norm"]])).toEqual([
    [0, 0],
    [20, 20],
    [40, 40],
  ]);
});

test("a run that was taken back continues from there; a torn line is left out", async () => {
  const files = new MemoryFiles("run");
  for (const step of [0, 20, 40, 60]) await appendView(files, viewOf(step));
  await appendView(files, viewOf(25));
  await files.append(".views.jsonl", '{"version":1,"view":{"step":3');
  expect((await read(files)).steps).toEqual([0, 20, 25]);
});

test("when views are thinned the file is, too", async () => {
  const files = new MemoryFiles("run");
  const views = new Views(10_000);
  let thinned = 0;
  for (let step = 0; step < 400; step++) {
    const view = viewOf(step, 100);
    if (views.add(view)) {
      thinned++;
      await rewriteViews(files, views);
    } else await appendView(files, view);
  }
  expect(thinned).toBeGreaterThan(2);
  const kept = await read(files);
  expect(kept.steps).toEqual(views.steps);
  expect(kept.steps[0]).toBe(0);
  expect(kept.steps.at(-1)).toBe(399);
  expect(kept.steps.length).toBeLessThan(100);
});
