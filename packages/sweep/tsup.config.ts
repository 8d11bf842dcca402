import { defineConfig } from "tsup";
import { library } from "../../tsup.config.base";

export default defineConfig({
  ...library,
  entry: {
    index: "src/index.ts",
    node: "src/node/index.ts",
    queue: "src/queue/index.ts",
    speedrun: "src/speedrun/index.ts",
    "runner-entry": "src/node/runner-entry.ts",
  },
  external: [/^node:/],
});
