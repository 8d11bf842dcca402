import { statSync } from "node:fs";
import { expect, it } from "vitest";
import { machineFault } from "./machine-fault";

const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);

it("knows a full disk, however deep it lies, and memory by what the engine says", () => {
  const full = error("ENOSPC: no space left on device", {
    code: "ENOSPC",
    path: "/x/metrics.jsonl",
  });
  expect(machineFault(full)).toBe("its disk is full (/x/metrics.jsonl)");
  expect(machineFault(error("A checkpoint cannot be written.", { cause: full }))).toMatch(/full/);
  expect(machineFault(new RangeError("Array buffer allocation failed"))).toMatch(/memory/);
  expect(machineFault(error("lost", { name: "DeviceError" }))).toMatch(/graphics device/);
});

it("leaves to the run what is its own", () => {
  expect(machineFault(error("The training loss is NaN at step 3."))).toBeNull();
  expect(machineFault("a string")).toBeNull();
  let missing: unknown;
  try {
    statSync("/no/such/file");
  } catch (caught) {
    missing = caught;
  }
  expect(machineFault(missing)).toBeNull();
});
