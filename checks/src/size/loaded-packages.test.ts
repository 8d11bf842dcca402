import { expect, it } from "vitest";
import { loadedPackages } from "./loaded-packages";

// Each takes Node longer to load than all of @grok/train: programs that judge, plan or queue runs do not
// wait for figures, Parquet or Redis.
const slow = [
  "@grok/plot",
  "@observablehq/plot",
  "@resvg/resvg-wasm",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-backend-webgpu",
  "bullmq",
  "hyparquet-writer",
  "ioredis",
  "linkedom",
];

const entries = [
  "packages/train/src/index.ts",
  "packages/train/src/node/index.ts",
  "packages/train/src/table/index.ts",
  "packages/sweep/src/index.ts",
  "packages/sweep/src/node/index.ts",
  "packages/sweep/src/queue/index.ts",
  "packages/sweep/src/speedrun/index.ts",
  "packages/reproduce/src/index.ts",
  "packages/reproduce/src/node/index.ts",
];

it("an import loads nothing that only some of an entry point's functions need", async () => {
  const loaded = await loadedPackages([...entries, "packages/plot/src/index.ts"]);
  for (const entry of entries) {
    const names = loaded.get(entry) ?? new Set();
    expect([...names], entry).toContain(`@grok/${entry.split("/")[1]}`);
    expect(
      slow.filter((name) => names.has(name)),
      entry,
    ).toEqual([]);
  }
  // What a package does load is found.
  expect(loaded.get("packages/plot/src/index.ts")).toContain("@observablehq/plot");
});
