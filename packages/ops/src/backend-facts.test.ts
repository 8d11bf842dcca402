import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { backendFacts, describeBackend } from "./backend-facts";

beforeAll(async () => void (await tf.setBackend("cpu")));

it("keeps what was said of the current backend, and knows nothing before", () => {
  expect(backendFacts()).toEqual({ versions: {} });
  describeBackend({ versions: { "@grok/backend": "1.2.3" }, device: "an adapter" });
  expect(backendFacts()).toEqual({ versions: { "@grok/backend": "1.2.3" }, device: "an adapter" });
});
