import "@tensorflow/tfjs-backend-cpu";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { collect, tiny } from "../../test/tiny";
import { train } from "../loop/train";
import { RunError } from "../run/error";
import { createRun } from "./create-run";
import { openRun } from "./open-run";
import { readCheckpoint, readRun } from "./read-run";

const experiment = tiny("mlp", {
  p: 5,
  width: 4,
  "embed-dim": 2,
  steps: 4,
  "eval-every": 2,
  "checkpoint-every": 2,
});

let parent: string;
let folder: string;
beforeAll(async () => {
  await tf.setBackend("cpu");
});
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "grok-links-"));
  folder = join(parent, "run");
  const store = await createRun(folder, experiment);
  await collect(train(experiment, { store }));
  await store.close();
});
afterEach(() => rm(parent, { recursive: true }));

/** Moves a file or folder out of the run and leaves a link to it in its place. */
async function linkOut(name: string): Promise<void> {
  await rename(join(folder, name), join(parent, "outside"));
  await symlink(join(parent, "outside"), join(folder, name));
}

describe.skipIf(process.platform === "win32")("a link in a run folder", () => {
  it.each(["config.json", "metrics.jsonl", "summary.json", "checkpoints"])(
    "is refused as %s",
    async (name) => {
      await linkOut(name);
      await expect(readRun(folder)).rejects.toThrow(RunError);
      await expect(readRun(folder)).rejects.toThrow(/is a link, and nothing in a run's folder/);
      if (name !== "summary.json") await expect(openRun(folder)).rejects.toThrow(/is a link/);
    },
  );

  it("is no checkpoint: it is set aside, and the one before is used", async () => {
    const name = "checkpoints/step-00000004.safetensors";
    const bytes = await readFile(join(folder, name));
    await linkOut(name);
    await expect(readCheckpoint(join(folder, name))).rejects.toThrow(/is a link/);
    const { checkpoint, notices, store } = await openRun(folder);
    await store.close();
    expect(checkpoint?.progress.step).toBe(2);
    expect(notices).toEqual([expect.stringMatching(/is a link.*Continuing from step 2 instead/)]);
    expect(await readFile(join(parent, "outside"))).toEqual(bytes);
  });

  it("is never written through", async () => {
    const outside = join(parent, "outside");
    await mkdir(outside);
    const { store } = await openRun(folder);
    await rm(join(folder, "checkpoints"), { recursive: true });
    await symlink(outside, join(folder, "checkpoints"));
    await expect(store.saveCheckpoint(6, new Uint8Array(1))).rejects.toThrow(/is a link/);
    expect(await readdir(outside)).toEqual([]);
    await writeFile(join(parent, "file"), "mine");
    await rm(join(folder, "metrics.jsonl"));
    await symlink(join(parent, "file"), join(folder, "metrics.jsonl"));
    await expect(store.append({} as never)).rejects.toThrow();
    await store.close();
    expect(await readFile(join(parent, "file"), "utf8")).toBe("mine");
  });

  it("may be the folder itself", async () => {
    await symlink(folder, join(parent, "alias"));
    expect((await readRun(join(parent, "alias"))).records).toHaveLength(3);
  });
});
