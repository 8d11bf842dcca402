// jax-js on its WebGPU backend, in a browser.
import { JaxTraining } from "../contestants/jax/training.ts";
import { serveSteps } from "../stepped.ts";
import { adapterHere } from "./adapter.ts";
import { counted } from "./counted.ts";
import { fetchHandout, servePage } from "./page.ts";

/** Steps that are submitted before they are waited for, at most: as many as ours. */
const atOnce = 100;

servePage(async () => {
  const adapter = await adapterHere();
  const count = counted();
  const handout = await fetchHandout();
  const training = await JaxTraining.on("webgpu", handout, {});
  const { checkSteps } = handout;
  const served = await serveSteps(training, handout, { checkSteps, atOnce });
  return count({ ...served, ready: { ...served.ready, adapter } });
});
