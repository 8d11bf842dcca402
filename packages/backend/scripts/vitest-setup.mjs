// Before any test: builds the kernels if their sources have changed, and shows the tests of WebGPU
// in Node an adapter.
import { buildKernels } from "./build-kernels.mjs";
import { embedTfjs } from "./embed-tfjs.mjs";
import { showSoftwareAdapter } from "./software-adapter.mjs";

export default async function setup() {
  await buildKernels();
  await embedTfjs();
  showSoftwareAdapter();
}
