import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backendFacts, describeBackend } from "./backend-facts";

// A backend that nobody has described yet.
beforeAll(async () => {
  tf.registerBackend("new", () => new MathBackendCPU());
  await tf.setBackend("new");
});
afterAll(async () => {
  await tf.setBackend("cpu");
  tf.removeBackend("new");
});

it("keeps what was said of the current backend, and knows nothing before", () => {
  expect(backendFacts()).toEqual({ versions: {} });
  describeBackend({ versions: { "@grok/backend": "1.2.3" }, device: "an adapter" });
  expect(backendFacts()).toEqual({ versions: { "@grok/backend": "1.2.3" }, device: "an adapter" });
});
