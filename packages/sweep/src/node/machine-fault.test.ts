import { statSync } from "node:fs";
import { EnvironmentError, InsufficientMemoryError } from "@grok/train";
import { expect, it } from "vitest";
import { faultOf, MachineError, machineFault } from "./machine-fault";

const error = (message: string, more: object = {}) => Object.assign(new Error(message), more);

it("knows a full disk, however deep it lies, and memory by what the engine says", () => {
  const full = error("ENOSPC: no space left on device", {
    code: "ENOSPC",
    path: "/x/metrics.jsonl",
  });
  expect(machineFault(full)).toBe("the disk is full (/x/metrics.jsonl)");
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

it("tells a machine that fails from one that is unfit for this run alone", () => {
  expect(faultOf(new MachineError("It has no package webgpu."))).toBe("machine");
  expect(faultOf(error("EROFS: read-only file system", { code: "EROFS" }))).toBe("machine");
  expect(faultOf(new EnvironmentError("It would continue with node 24 → 20"))).toBe("unfit");
  expect(faultOf(new InsufficientMemoryError("The run needs at least 64 GiB of memory."))).toBe(
    "unfit",
  );
  expect(faultOf(new RangeError("p must be prime."))).toBe("run");
});
