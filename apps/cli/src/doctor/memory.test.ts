import { expect, it, vi } from "vitest";
import { lookAtAddresses, lookAtMemory } from "./memory";

const GIB = 2 ** 30;

it("tells all memory and what of it is free", () => {
  expect(lookAtMemory(4 * GIB, 8 * GIB)).toEqual({
    condition: "here",
    text: "4.0 GiB for this process, 4.0 GiB free.",
  });
  expect(lookAtMemory(4 * GIB, 0.2 * GIB).condition).toBe("slow");
});

it("throws if the main job has no room", () => {
  const memory = vi.spyOn(process, "constrainedMemory").mockReturnValue(2 ** 16);
  try {
    expect(() => lookAtMemory()).toThrow(/The run needs at least/);
  } finally {
    memory.mockRestore();
  }
});

it("tells a limit of addresses", async () => {
  expect(await lookAtAddresses(async () => null)).toMatchObject({ condition: "here" });
  const share = { limit: 3 * GIB, memoryPages: 256, threads: 1 };
  expect(await lookAtAddresses(async () => share)).toEqual({
    condition: "slow",
    text: "This process may use 3.0 GiB of them (ulimit -v), which suffice for 1 thread.",
  });
});
