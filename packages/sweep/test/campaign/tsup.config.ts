import { defineConfig } from "tsup";

// From the sources; what comes from the registry stays outside.
export default defineConfig({
  entry: {
    campaign: "test/campaign/campaign.ts",
    "worker-process": "test/worker-process.ts",
    "runner-entry": "src/node/runner-entry.ts",
  },
  outDir: "dist/campaign",
  format: ["esm"],
  target: "node24",
  platform: "node",
  splitting: false,
  noExternal: [/^@grok\//],
  esbuildOptions(options) {
    options.conditions = ["@grok/source"];
  },
});
