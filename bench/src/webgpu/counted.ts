import type { Served } from "../serve.ts";
import { StepCounter } from "./count-steps.ts";

/**
 * To be called once WebGPU is here and before a device is made: what it returns lets an implementation
 * answer how much its steps ask of devices.
 */
export function counted(): (served: Served) => Served {
  const counter = new StepCounter();
  return (served) => ({
    ...served,
    answer: async (request) => {
      if (request.do !== "count") return served.answer?.(request);
      return counter.count(async (steps) => served.make?.(steps), request.steps);
    },
  });
}
