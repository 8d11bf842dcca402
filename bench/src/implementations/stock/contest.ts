// TensorFlow.js as it comes: the union package on tfjs-backend-wasm. In Node it runs on one thread.
import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { version_wasm } from "@tensorflow/tfjs-backend-wasm";
import { readFixture } from "../../fixture-files.ts";
import { serve } from "../../serve.ts";
import { serveSteps } from "../../stepped.ts";
import { StockTraining } from "./training.ts";

await serve(async () => {
  const fixture = readFixture(process.argv[2] as string);
  await tf.setBackend("wasm");
  const versions = { Node: process.versions.node, "tfjs-backend-wasm": version_wasm };
  const checkSteps = Number(process.argv[3]);
  return serveSteps(new StockTraining(fixture, versions), fixture, { checkSteps });
});
