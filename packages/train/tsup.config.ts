import { defineConfig } from "tsup";
import { library } from "../../tsup.config.base";

export default defineConfig({
  ...library,
  entry: {
    index: "src/index.ts",
    analysis: "src/analysis/index.ts",
    archive: "src/archive/index.ts",
    fork: "src/fork/index.ts",
    "front-end": "src/front-end/index.ts",
    link: "src/link/index.ts",
    node: "src/node/index.ts",
    safetensors: "src/safetensors/index.ts",
    table: "src/table/index.ts",
    // Not for import: in chunks of their own, so that bundlers leave out what is not used.
    training: "src/training.ts",
    zod: "src/zod.ts",
    "check-process": "src/node/extension/check-process.ts",
  },
  external: [/^node:/],
});
