import { type BackendChoice, useBackend } from "@grok/backend";
import { resolveExperiment } from "@grok/train";
import { probeSpeed } from "@grok/train/front-end";
import { expect, it, vi } from "vitest";
import { chooseThreads } from "./choose-threads";

const experiment = resolveExperiment({ preset: "mlp", flags: { steps: 5000 } });

const wasm = (threads: number): BackendChoice => ({
  name: "wasm",
  threads,
  simd: "relaxed",
  reason: "It is here.",
});

/** Parts that only note what is asked of them. */
function parts(speeds: Record<number, number>, before: number) {
  const asked: string[] = [];
  let current = before;
  return {
    asked,
    start: async (_name: "wasm", threads: number) => {
      current = threads;
      asked.push(`start ${threads}`);
      return { ...wasm(threads), reason: "Asked for." };
    },
    measure: async () => {
      asked.push(`measure ${current}`);
      const speed = speeds[current];
      if (speed === undefined) throw new Error("it cannot train this");
      return speed;
    },
  };
}

it("stays on all threads where they are fastest, and says nothing", async () => {
  const two = parts({ 2: 600, 1: 400 }, 2);
  const found = await chooseThreads(experiment, { backend: wasm(2) }, two);
  expect(found).toEqual({ backend: wasm(2), choice: undefined });
  expect(two.asked).toEqual(["measure 2", "start 1", "measure 1", "start 2"]);
});

it("takes fewer where those are faster, and says why", async () => {
  const many = parts({ 16: 100, 4: 300, 1: 200 }, 16);
  const found = await chooseThreads(experiment, { backend: wasm(16) }, many);
  expect(found.backend).toEqual(wasm(4));
  expect(found.choice).toBe("300 steps/s on 4 threads against 100 on 16, measured now");
  const two = parts({ 2: 119, 1: 510 }, 2);
  const one = await chooseThreads(experiment, { backend: wasm(2), choice: "Faster" }, two);
  expect(one.backend.threads).toBe(1);
  expect(one.choice).toBe("Faster; 510 steps/s on 1 thread against 119 on 2, measured now");
});

it("tries all threads again where fewer were faster: the first trial had code that was not optimised", async () => {
  const two = parts({ 2: 600, 1: 400 }, 2);
  const speeds = [75, 400, 600];
  const measure = async () => {
    await two.measure();
    return speeds.shift() ?? Number.NaN;
  };
  const found = await chooseThreads(experiment, { backend: wasm(2) }, { ...two, measure });
  expect(found.backend.threads).toBe(2);
  expect(found.choice).toBeUndefined();
  expect(two.asked).toEqual(["measure 2", "start 1", "measure 1", "start 2", "measure 2"]);
});

it("makes one trial if preparing the examples takes long", async () => {
  vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValueOnce(3001);
  const many = parts({ 16: 100, 4: 300 }, 16);
  const found = await chooseThreads(experiment, { backend: wasm(16) }, many);
  expect(found).toEqual({ backend: wasm(16), choice: undefined });
  expect(many.asked).toEqual(["measure 16"]);
});

it("ends a trial at a signal", async () => {
  await useBackend("cpu");
  const asked = { backend: wasm(2), choice: undefined };
  const tried: unknown[] = [];
  const measure: typeof probeSpeed = (...given) =>
    probeSpeed(...given).catch((error: unknown) => {
      tried.push(error);
      throw error;
    });
  const stop = new AbortController();
  stop.abort("told to stop");
  const found = await chooseThreads(
    experiment,
    asked,
    { start: async () => wasm(1), measure },
    stop.signal,
  );
  expect(found).toEqual(asked);
  expect(tried).toEqual(["told to stop"]);
});

it("tries nothing if there is no choice or no time for it", async () => {
  const none = parts({}, 2);
  const short = resolveExperiment({ preset: "mlp", flags: { steps: 200 } });
  const said = { ...experiment, threads: 2 };
  for (const [given, backend] of [
    [short, wasm(2)],
    [said, wasm(2)],
    [experiment, wasm(1)],
    [experiment, { ...wasm(1), name: "cpu" as const, threads: 2 }],
  ] as const) {
    expect(await chooseThreads(given, { backend }, none)).toEqual({ backend, choice: undefined });
  }
  expect(none.asked).toEqual([]);
});

it("leaves what cannot be trained on the threads that it had", async () => {
  const broken = parts({ 2: 100 }, 2);
  const found = await chooseThreads(experiment, { backend: wasm(2) }, broken);
  expect(found.backend).toEqual(wasm(2));
  expect(broken.asked).toEqual(["measure 2", "start 1", "measure 1", "start 2"]);
});
