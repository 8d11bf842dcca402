import { join } from "node:path";
import { defineConfig } from "tsup";
import { licences } from "../../checks/src/licences/esbuild-plugin";
import { packagedFiles, selfContained } from "./bundle/self-contained";

// Everything is in the bundle, so that npx has one package to load: 133 took it a quarter of a minute.
export default defineConfig({
  entry: {
    main: "src/main.ts",
    "verify-child": "src/verify-child.ts",
    // Processes of their own, whose files are looked for beside the code that starts them.
    "runner-entry": "../../packages/sweep/src/node/runner-entry.ts",
    "check-process": "../../packages/train/src/node/extension/check-process.ts",
  },
  format: ["esm"],
  target: "node20.19",
  platform: "node",
  splitting: true,
  clean: true,
  noExternal: [/./],
  // CommonJS modules of others look for what Node gives to CommonJS.
  banner: {
    js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url), __dirname = import.meta.dirname;',
  },
  esbuildOptions(options) {
    options.conditions = ["@grok/source"];
    options.mainFields = ["module", "main"];
    options.minifyWhitespace = true;
    options.minifySyntax = true;
    options.legalComments = "none";
  },
  esbuildPlugins: [
    selfContained(join(import.meta.dirname, "bundle")),
    licences({
      // The last two are in generated sources of @grok/backend and @grok/ops.
      embedded: [...packagedFiles, "@tensorflow/tfjs-backend-wasm", "@tensorflow/tfjs-core"],
    }),
  ],
});
