import { defineConfig } from "tsup";
import { library } from "../../tsup.config.base";

export default defineConfig({
  ...library,
  // Only the index is for import. The others have chunks of their own, so that bundlers leave out
  // what is not used: linear algebra and tensors where only statistics are.
  entry: {
    index: "src/index.ts",
    measuring: "src/measuring.ts",
    statistics: "src/statistics/index.ts",
  },
});
