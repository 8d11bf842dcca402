import { expect, it, vi } from "vitest";
import { TestProcessEnv } from "../../test/process-env";
import { listenForInterrupt } from "./interrupt";

it("asks at the first, takes an echo for the same, and insists at the second", () => {
  const processEnv = new TestProcessEnv();
  let now = 1000;
  const interrupt = listenForInterrupt(processEnv, () => now);
  interrupt.onFirst = vi.fn();
  interrupt.onSecond = vi.fn();
  processEnv.send("SIGINT");
  now += 100;
  processEnv.send("SIGTERM");
  expect(interrupt.signal.aborted).toBe(true);
  expect(interrupt.onFirst).toHaveBeenCalledOnce();
  expect(processEnv.exited).toBeNull();
  now += 1000;
  processEnv.send("SIGINT");
  expect(interrupt.onSecond).toHaveBeenCalledOnce();
  expect(processEnv.exited).toBe(130);
});

it("leaves notices alone when it is released", () => {
  const processEnv = new TestProcessEnv();
  listenForInterrupt(processEnv).release();
  expect(processEnv.send("SIGINT")).toBe(0);
});
