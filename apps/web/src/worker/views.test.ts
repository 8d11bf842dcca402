import { expect, it } from "vitest";
import type { NetworkView } from "../network/inspector";
import { Views } from "./views";

const view = (step: number, bytes = 100) =>
  ({ step, waves: { embedding: new Float32Array(bytes / 4) } }) as unknown as NetworkView;

it("gives the view of a step, or the last before it", () => {
  const views = new Views();
  for (const step of [0, 20, 40]) views.add(view(step));
  expect([0, 19, 20, 39, 1000].map((step) => views.at(step)?.step)).toEqual([0, 0, 20, 20, 40]);
  expect(views.last?.step).toBe(40);
});

it("drops what a run that was taken back will compute again", () => {
  const views = new Views();
  for (const step of [0, 20, 40, 20]) views.add(view(step));
  expect(views.steps).toEqual([0, 20]);
});

it("stays within its budget, and still spans the run", () => {
  const views = new Views(2_000);
  for (let step = 0; step <= 1000; step++) views.add(view(step));
  expect(views.steps.length).toBeLessThanOrEqual(20);
  expect(views.steps.length).toBeGreaterThan(5);
  expect(views.steps[0]).toBe(0);
  expect(views.steps.at(-1)).toBe(1000);
  const gaps = views.steps.slice(1).map((step, i) => step - (views.steps[i] as number));
  expect(Math.max(...gaps)).toBeLessThan(400);
});
