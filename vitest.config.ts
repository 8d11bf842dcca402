import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

/** Every test file of the repository. */
const everything = [
  "packages/*/src/**/*.test.ts",
  "packages/*/test/**/*.test.ts",
  "apps/*/{src,test}/**/*.test.ts",
  "bench/src/**/*.test.ts",
  "checks/src/**/*.test.ts",
  "examples/*.test.ts",
  "scripts/**/*.test.ts",
  "verify/src/**/*.test.ts",
];

/**
 * Tests of what needs nothing but itself. They share a process with one another, which loads the
 * packages once and not once for each file: that takes minutes off. The others have a process each, as
 * they start backends or other processes, ask what nobody has done before them, or leave something
 * behind (a working folder, signals, a module's state).
 */
const together = [
  // Not those that start a backend (choose-*, ablator, inspector, program, arithmetic), have a module
  // in place of the system's (run-index) or a clock of their own (stepped), measure their own process
  // (memory) or start PyTorch (implementations).
  "apps/cli/src/*.test.ts",
  "apps/cli/src/!(run|serve)/**/*.test.ts",
  "apps/cli/src/run/!(choose-backend|choose-threads).test.ts",
  "apps/cli/src/serve/!(run-index).test.ts",
  "apps/web/src/!(network|share)/**/*.test.ts",
  "apps/web/src/network/!(ablator|inspector).test.ts",
  "apps/web/src/share/!(program).test.ts",
  "bench/src/!(memory|implementations)/**/*.test.ts",
  "bench/src/!(arithmetic|stepped).test.ts",
  "checks/src/{causal,floors,licences,own-experiment,speeds,verdicts}/**/*.test.ts",
  "packages/{data,inspect,metrics,models,optim,plot}/src/**/*.test.ts",
  // Those of `gradients` ask what tfjs has no gradient of, until somebody registers one.
  "packages/ops/src/*.test.ts",
  "packages/ops/src/!(gradients)/**/*.test.ts",
  "packages/reproduce/src/{drawing,figure,figures,judge,published,report,result}/**/*.test.ts",
  "packages/sweep/src/{early-stop,export,outcome,plan,queue,run,sample,spec,speedrun,state}/**/*.test.ts",
  "packages/train/src/{analysis,archive,experiment,extension,flag,fork,json,kind}/**/*.test.ts",
  "packages/train/src/{kinds,link,preset,run,safetensors,table}/**/*.test.ts",
  // These three ask what training says of backends that nobody has registered, chosen or described.
  "packages/train/src/loop/!(require-backend|threads|train).test.ts",
];

/** Tests run on the packages' source (export condition `@grok/source`), with no build before them. */
export default defineConfig({
  resolve: { conditions: ["@grok/source", "module", "import", "node", "default"] },
  ssr: { resolve: { conditions: ["@grok/source", "module", "import", "node", "default"] } },
  test: {
    globalSetup: [
      "packages/ops/scripts/vitest-setup.mjs",
      "packages/backend/scripts/vitest-setup.mjs",
    ],
    // Tests that start the command from its sources compile each of its files once, not once for each
    // process.
    env: {
      NODE_COMPILE_CACHE: fileURLToPath(
        new URL("./node_modules/.cache/grok-tests", import.meta.url),
      ),
    },
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Polls wait for other processes and pages; vitest's one second is as long as a page's own turn.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      { extends: true, test: { name: "together", include: together, isolate: false } },
      {
        extends: true,
        test: {
          name: "alone",
          include: everything,
          exclude: [...configDefaults.exclude, ...together],
        },
      },
    ],
  },
});
