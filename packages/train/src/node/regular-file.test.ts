import "@tensorflow/tfjs-backend-cpu";
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { collect, tiny } from "../../test/tiny";
import { train } from "../loop/train";
import { createRun } from "./create-run";
import { exportRun } from "./export-run";
import { readArchive } from "./import-run";
import { isFolderInUse } from "./lock";
import { openRun } from "./open-run";
import { readRun } from "./read-run";

const checkpoint = "checkpoints/step-00000004.safetensors";

let parent: string;
let whole: string;
let folder: string;
let close: (() => void) | undefined;
beforeAll(async () => {
  await tf.setBackend("cpu");
  parent = await mkdtemp(join(tmpdir(), "grok-regular-"));
  whole = join(parent, "whole");
  const flags = { p: 5, width: 4, "embed-dim": 2, steps: 4, "eval-every": 2 };
  const experiment = tiny("mlp", { ...flags, "checkpoint-every": 2 });
  const store = await createRun(whole, experiment);
  await collect(train(experiment, { store }));
  await store.close();
});
afterAll(() => rm(parent, { recursive: true }));
beforeEach(async () => {
  folder = join(parent, "run");
  await cp(whole, folder, { recursive: true });
});
afterEach(async () => {
  close?.();
  close = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Ways to make something that is no regular file. */
const makers: Record<string, (path: string) => Promise<void> | void> = {
  pipe: (path) => {
    execFileSync("mkfifo", [path]);
  },
  folder: async (path) => {
    await mkdir(path);
  },
  socket: async (path) => {
    const server = createServer();
    close = () => server.close();
    // A socket's name may have 107 bytes.
    process.chdir(dirname(path));
    await new Promise<void>((done) => server.listen(path.slice(dirname(path).length + 1), done));
  },
};

async function replace(name: string, kind: string): Promise<void> {
  await rm(join(folder, name), { recursive: true, force: true });
  await makers[kind]?.(join(folder, name));
}

describe.skipIf(process.platform === "win32").each(Object.keys(makers))("a %s", (kind) => {
  it.each(["config.json", "metrics.jsonl", "summary.json"])("is refused as %s", async (name) => {
    await replace(name, kind);
    const refusal = new RegExp(`${name} is no regular file, but a folder, a pipe`);
    await expect(readRun(folder)).rejects.toThrow(refusal);
    await expect(exportRun(folder, join(parent, "run.zip"))).rejects.toThrow(refusal);
    // What a run came to is written again when it continues.
    if (name !== "summary.json") await expect(openRun(folder)).rejects.toThrow(refusal);
  });

  it("is no checkpoint: the one before is used", async () => {
    await replace(checkpoint, kind);
    await expect(exportRun(folder, join(parent, "run.zip"))).rejects.toThrow(/is no regular file/);
    const { checkpoint: found, notices, store } = await openRun(folder);
    await store.close();
    expect(found?.progress.step).toBe(2);
    expect(notices).toEqual([expect.stringMatching(/is no regular file.*from step 2 instead/)]);
  });

  it("is no lock that anybody holds", async () => {
    await replace(".lock", kind);
    expect(await isFolderInUse(folder)).toBe(false);
  });

  it("is no archive", async () => {
    await makers[kind]?.(join(folder, "a.zip"));
    await expect(readArchive(join(folder, "a.zip"))).rejects.toThrow(/is no regular file/);
  });
});
