import { totalmem } from "node:os";
import { afterEach, expect, it, vi } from "vitest";
import { machineMemory } from "./machine-memory";

afterEach(() => vi.restoreAllMocks());

it.each([
  ["a container's", 2 ** 28, 2 ** 28],
  ["the machine's without a container", 0, totalmem()],
  ["the machine's if the container says more", 2 ** 63, totalmem()],
])("is %s", (_, limit, memory) => {
  vi.spyOn(process, "constrainedMemory").mockReturnValue(limit);
  expect(machineMemory()).toBe(memory);
});
