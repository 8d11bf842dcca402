import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOperation, operations } from "@grok/data";
import { resolveExperiment } from "@grok/train";
import { taskSlug } from "@grok/train/front-end";
import { afterEach, beforeEach, expect, it } from "vitest";
import { freeRunFolder } from "./run-folder";

const before = process.cwd();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-folder-"));
  process.chdir(folder);
});
afterEach(async () => {
  process.chdir(before);
  await rm(folder, { recursive: true });
});

it("is called after the preset, the operation and the seed, and never exists", async () => {
  const experiment = resolveExperiment({ flags: { seed: "7" } });
  expect(freeRunFolder(experiment)).toBe("runs/mlx-div-seed7");
  await mkdir("runs/mlx-div-seed7", { recursive: true });
  expect(freeRunFolder(experiment)).toBe("runs/mlx-div-seed7-2");
  await mkdir("runs/mlx-div-seed7-2");
  expect(freeRunFolder(experiment)).toBe("runs/mlx-div-seed7-3");
  const addition = resolveExperiment({ preset: "addition-777" });
  expect(freeRunFolder(addition)).toBe("runs/addition-777-addition-seed0");
});

it("has a name of its own for every operation, without what file systems forbid", () => {
  const slugs = operations.map(({ name }) => {
    const kind = findOperation(name).set === "S5" ? "permutation" : "modular";
    return taskSlug({ task: { kind, op: name } } as Parameters<typeof taskSlug>[0]);
  });
  expect(new Set(slugs).size).toBe(operations.length);
  for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9+-]+$/);
});
