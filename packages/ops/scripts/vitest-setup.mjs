// Before any test: the sources import what this writes.
import { bundleGradients } from "./bundle-gradients.mjs";

export default async function setup() {
  await bundleGradients();
}
