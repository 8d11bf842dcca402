import { defineConfig } from "tsup";
import { licences } from "../../checks/src/licences/esbuild-plugin";
import { library } from "../../tsup.config.base";

export default defineConfig({
  ...library,
  entry: ["src/index.ts", "src/conformance.ts", "src/types.ts"],
  // Its gradients are in src/gradients/generated.
  esbuildPlugins: [licences({ embedded: ["@tensorflow/tfjs-core"] })],
});
