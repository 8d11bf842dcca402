import { defineConfig } from "tsup";

// Packages stay outside: they are resolved, built, when the command runs.
export default defineConfig({
  entry: ["src/main.ts", "src/verify-child.ts"],
  format: ["esm"],
  target: "node20.19",
  platform: "node",
  splitting: true,
  clean: true,
  sourcemap: true,
  banner: { js: "#!/usr/bin/env node" },
});
