import { expect, it } from "vitest";
import { tinyExperiments } from "../../test/tiny";
import type { Experiment } from "../experiment/experiment";
import { fastestBackend, type MeasuredSpeeds } from "./fastest-backend";

const experiment = tinyExperiments["running metrics over uneven batches"] as Experiment;

/** A contest of two whose speeds are given, and what it asked for. */
function contest(speeds: Record<string, number>, kept = new Map<string, unknown>()) {
  const asked: string[] = [];
  let current = "";
  return {
    asked,
    kept,
    backends: ["webgpu", "wasm"] as const,
    machine: ["a machine", 2],
    memory: {
      recall: async (key: string) => kept.get(key),
      remember: async (key: string, measured: MeasuredSpeeds) => void kept.set(key, measured),
    },
    start: async (name: string) => {
      current = name;
      asked.push(name);
    },
    measure: async () => {
      const speed = speeds[current];
      if (speed === undefined) throw new Error("it cannot train this");
      return speed;
    },
  };
}

it("takes the faster one and says why", async () => {
  const first = contest({ webgpu: 12.34, wasm: 3210 });
  expect(await fastestBackend(experiment, first)).toEqual({
    name: "wasm",
    reason: "3,210 steps/s on wasm against 12.3 on webgpu, measured now",
  });
  expect(first.asked).toEqual(["webgpu", "wasm"]);
});

it("remembers it for this machine and this shape of the step alone", async () => {
  const { kept } = contest({});
  await fastestBackend(experiment, contest({ webgpu: 100, wasm: 300 }, kept));
  const again = contest({ webgpu: 900, wasm: 1 }, kept);
  const longer = { ...experiment, seed: 8, training: { ...experiment.training, steps: 99 } };
  const remembered = await fastestBackend(longer, again);
  expect(remembered?.name).toBe("wasm");
  expect(remembered?.reason).toMatch(/, measured on \d{4}-\d\d-\d\d$/);
  expect(again.asked).toEqual([]);
  const { model } = experiment;
  const others: [Experiment, string[]][] = [
    [{ ...experiment, model: { ...model, initialScale: 2 } as typeof model }, ["a machine"]],
    [experiment, ["another"]],
  ];
  for (const [other, machine] of others) {
    const made = { ...contest({ webgpu: 900, wasm: 20 }, kept), machine };
    expect((await fastestBackend(other, made))?.name).toBe("webgpu");
  }
});

it("leaves out one that fails, and remembers nothing where all do", async () => {
  expect(await fastestBackend(experiment, contest({ wasm: 20 }))).toEqual({
    name: "wasm",
    reason: "20 steps/s on wasm, measured now",
  });
  const none = contest({});
  expect(await fastestBackend(experiment, none)).toBeUndefined();
  expect(none.kept.size).toBe(0);
});

it.each([
  null,
  "text",
  { date: 5, speeds: { wasm: 1 } },
  { date: "2026-11-21", speeds: {} },
  { date: "2026-11-21", speeds: null },
  { date: "2026-11-21", speeds: { wasm: "fast" } },
  { date: "2026-11-21", speeds: { wasm: -1 } },
  { date: "2026-11-21", speeds: { elsewhere: 10 } },
])("measures again where what is remembered is %j", async (damaged) => {
  const { kept } = contest({});
  await fastestBackend(experiment, contest({ wasm: 20 }, kept));
  for (const key of kept.keys()) kept.set(key, damaged);
  const again = contest({ webgpu: 40, wasm: 20 }, kept);
  expect((await fastestBackend(experiment, again))?.name).toBe("webgpu");
  expect(again.asked).toEqual(["webgpu", "wasm"]);
});
