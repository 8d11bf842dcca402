import { defineConfig } from "vitest/config";

/** Tests run on the packages' source (export condition `@grok/source`), with no build before them. */
export default defineConfig({
  resolve: { conditions: ["@grok/source", "module", "import", "node", "default"] },
  ssr: { resolve: { conditions: ["@grok/source", "module", "import", "node", "default"] } },
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "packages/*/test/**/*.test.ts",
      "apps/*/{src,test}/**/*.test.ts",
      "bench/src/**/*.test.ts",
      "checks/src/**/*.test.ts",
      "examples/*.test.ts",
      "scripts/**/*.test.ts",
    ],
    globalSetup: [
      "packages/ops/scripts/vitest-setup.mjs",
      "packages/backend/scripts/vitest-setup.mjs",
    ],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Polls wait for other processes and pages; vitest's one second is as long as a page's own turn.
    expect: { poll: { timeout: 30_000 } },
  },
});
