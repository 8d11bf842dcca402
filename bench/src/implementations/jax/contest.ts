// jax-js on its WebAssembly backend: a training step of an MLP as one function under jit. In Node it
// runs on one thread, as its workers are those of browsers.
import { readFixture } from "../../fixture-files.ts";
import { serve } from "../../serve.ts";
import { serveSteps } from "../../stepped.ts";
import { JaxTraining } from "./training.ts";
import { jaxVersion } from "./version.ts";

await serve(async () => {
  const fixture = readFixture(process.argv[2] as string);
  const versions = { Node: process.versions.node, "jax-js": jaxVersion() };
  const training = await JaxTraining.on("wasm", fixture, versions);
  return serveSteps(training, fixture, { checkSteps: Number(process.argv[3]) });
});
