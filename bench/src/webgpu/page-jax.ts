// jax-js on its WebGPU backend, in a browser.
import { JaxTraining } from "../implementations/jax/training.ts";
import { serveSteps } from "../stepped.ts";
import { adapterHere } from "./adapter.ts";
import { counted } from "./counted.ts";
import { fetchFixture, servePage } from "./page.ts";

/** Steps that are submitted before they are waited for, at most: as many as ours. */
const atOnce = 100;

servePage(async () => {
  const adapter = await adapterHere();
  const count = counted();
  const fixture = await fetchFixture();
  const training = await JaxTraining.on("webgpu", fixture, {});
  const { checkSteps } = fixture;
  const served = await serveSteps(training, fixture, { checkSteps, atOnce });
  return count({ ...served, ready: { ...served.ready, adapter } });
});
