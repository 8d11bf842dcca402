import { defineConfig } from "tsup";
import { library } from "../../tsup.config.base";

export default defineConfig({
  ...library,
  entry: {
    index: "src/index.ts",
    numerics: "src/numerics/index.ts",
    prediction: "src/prediction/index.ts",
    statistics: "src/statistics/index.ts",
    upstream: "src/upstream/index.ts",
  },
});
