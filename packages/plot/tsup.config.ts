import { defineConfig } from "tsup";
import { library } from "../../tsup.config.base";

export default defineConfig({
  ...library,
  entry: {
    index: "src/index.ts",
    node: "src/node/index.ts",
    // Not for import: in chunks of their own, so that bundlers leave out what is not used.
    figures: "src/figures.ts",
    "text-curve": "src/text-curve.ts",
  },
  external: [/^node:/],
});
