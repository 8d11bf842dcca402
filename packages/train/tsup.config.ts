import { defineConfig } from "tsup";
import { library } from "../../tsup.config.base";

export default defineConfig({
  ...library,
  entry: {
    index: "src/index.ts",
    node: "src/node/index.ts",
    table: "src/table/index.ts",
    "check-process": "src/node/extension/check-process.ts",
  },
  external: [/^node:/],
});
