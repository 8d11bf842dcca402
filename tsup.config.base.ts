import type { Options } from "tsup";
import { licences } from "./checks/src/licences/esbuild-plugin";

/** What every library is built with: one ESM bundle per entry, with its types. */
export const library: Options = {
  entry: ["src/index.ts"],
  format: ["esm"],
  target: "es2022",
  platform: "neutral",
  dts: true,
  clean: true,
  sourcemap: true,
  treeshake: true,
  esbuildPlugins: [licences()],
};
