import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { Op } from "./op";
import { startWasm, stopWasm } from "./start";

afterAll(stopWasm);

// A file of its own: V8's fault is in code that it has not optimised, as it soon does.
test("a thread that has slept knows where it was, and writes to nobody's memory", async () => {
  const host = await startWasm({ threads: 2, simd: "plain" });
  // No tensor lies here.
  const words = new Int32Array(host.memory.buffer, 0, 256);
  const before = [...words];
  for (let i = 0; i < 20; i++) {
    host.run(Op.Nothing, []);
    await sleep(5);
  }
  expect([...words]).toEqual(before);
});
