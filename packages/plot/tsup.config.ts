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
    dom: "src/dom.ts",
    "page-dom": "src/page-dom.ts",
  },
  // Which DOM draws is decided where the package is used: see `imports` of package.json.
  esbuildPlugins: [
    {
      name: "dom",
      setup: (build) =>
        build.onResolve({ filter: /^\.\/dom$/ }, () => ({ path: "#dom", external: true })),
    },
  ],
  external: [/^node:/],
});
