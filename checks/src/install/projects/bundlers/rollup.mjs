// Bundles train.js in a folder by Rollup, with its plugins for packages and for CommonJS.
import { join } from "node:path";
import commonjs from "@rollup/plugin-commonjs";
import resolve from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";

const [folder] = process.argv.slice(2);
const bundle = await rollup({
  input: join(folder, "train.js"),
  plugins: [resolve({ browser: true }), commonjs()],
  onwarn: () => {},
});
await bundle.write({ dir: join(folder, "bundle"), format: "es" });
await bundle.close();
