import { defineConfig } from "tsup";
import { licences } from "../../checks/src/licences/esbuild-plugin";
import { library } from "../../tsup.config.base";

export default defineConfig({
  ...library,
  // Its binaries are in src/wasm/generated.
  esbuildPlugins: [licences({ embedded: ["@tensorflow/tfjs-backend-wasm"] })],
});
