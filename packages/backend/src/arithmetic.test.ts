import * as tf from "@tensorflow/tfjs-core";
import { afterAll, expect, test } from "vitest";
import { arithmetic, stopBackend, useBackend } from "./index";
import { hasRelaxedSimd } from "./wasm/features";

afterAll(stopBackend);

test("plain SIMD rounds products, relaxed SIMD may fuse them, the cpu backend's doubles keep them", async () => {
  await useBackend("cpu");
  expect(await arithmetic()).toBe("fused");
  await useBackend("wasm", { threads: 1, simd: "plain" });
  expect(await arithmetic()).toBe("rounded");
  if (hasRelaxedSimd()) await useBackend("wasm", { threads: 1, simd: "relaxed" });
  expect(["fused", "rounded"]).toContain(await arithmetic());
  expect(tf.memory().numTensors).toBe(0);
});
