import * as tf from "@tensorflow/tfjs-core";
import { afterAll, expect, test } from "vitest";
import { backendRecovery } from "./backend-recovery";
import { listBackends, stopBackend, useBackend } from "./use-backend";
import { DeviceError } from "./webgpu/error";

const options = { threads: 1, allowSoftware: true };
const [gpu] = await listBackends(options);

afterAll(stopBackend);

test("a device that is lost is followed by another where there is one, and then by wasm", async () => {
  const next = backendRecovery(options);
  const lost = new DeviceError("the graphics device was lost");
  const first = await next(lost);
  expect(first?.name).toBe(gpu?.available === true ? "webgpu" : "wasm");
  expect(tf.getBackend()).toBe(first?.name);
  expect(await next(lost)).toMatchObject({ name: "wasm", threads: 1 });
  expect(tf.getBackend()).toBe("wasm");
});

test("another error changes nothing", async () => {
  await useBackend("cpu");
  expect(await backendRecovery(options)(new RangeError("no device's"))).toBeNull();
  expect(tf.getBackend()).toBe("cpu");
});
