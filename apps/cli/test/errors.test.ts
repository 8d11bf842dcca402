import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { useBackend } from "@grok/backend";
import { parseSweep } from "@grok/sweep";
import { startRunner } from "@grok/sweep/node";
import { parseQueueAddress } from "@grok/sweep/queue";
import { encodeCheckpoint, loadExtension, resolveExperiment, train } from "@grok/train";
import { unpackRun } from "@grok/train/archive";
import { experimentOfLink } from "@grok/train/link";
import {
  createFile,
  createRun,
  lockFolder,
  openRun,
  readCheckpoint,
  readRun,
} from "@grok/train/node";
import { decodeSafetensors } from "@grok/train/safetensors";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// Each error class that a package exports is a promise that some call throws it: callers wait for
// it, or tell by it what to do. Here each comes out of a public call.
let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "grok-errors-"))));
afterAll(() => rm(folder, { recursive: true }));

const calls: Record<string, () => unknown> = {
  ArchiveError: () => unpackRun(new Uint8Array(3)),
  DivergenceError: async () => {
    await useBackend("cpu");
    const sizes = { p: 7, width: 8, "embed-dim": 4, backend: "cpu" };
    const flags = { ...sizes, optimizer: "sgd", lr: 1e30, steps: 20, "eval-every": 1 };
    for await (const event of train(resolveExperiment({ preset: "mlp", flags }))) {
      if (event.type === "end") throw event.cause;
    }
  },
  EnvironmentError: async () => {
    await useBackend("cpu");
    const flags = { p: 7, width: 8, "embed-dim": 4, backend: "cpu", steps: 1, "eval-every": 1 };
    const experiment = resolveExperiment({ preset: "mlp", flags });
    const store = await createRun(join(folder, "run"), experiment);
    let last = "";
    for await (const event of train(experiment, { store })) {
      if (event.type === "checkpoint") last = join(folder, "run", event.name);
    }
    await store.close();
    const environment = { backend: "cpu", arithmetic: "another", versions: {} };
    const checkpoint = { ...(await readCheckpoint(last)), environment };
    await writeFile(last, await encodeCheckpoint(checkpoint));
    await openRun(join(folder, "run"));
  },
  ExperimentError: () => resolveExperiment({ flags: { p: -1 } }),
  ExtensionError: () => loadExtension(new TextEncoder().encode("x"), "mine.mjs", {}),
  FileExistsError: () => createFile(folder, () => []),
  FolderInUseError: async () => {
    const lock = await lockFolder(folder);
    try {
      await lockFolder(folder);
    } finally {
      await lock.release();
    }
  },
  FolderLostError: async () => {
    const lock = await lockFolder(folder);
    await rm(join(folder, ".lock"));
    try {
      await lock.check();
    } finally {
      await lock.release();
    }
  },
  InsufficientMemoryError: async () => {
    const memory = vi.spyOn(process, "constrainedMemory").mockReturnValue(2 ** 16);
    try {
      await createRun(join(folder, "large"), resolveExperiment());
    } finally {
      memory.mockRestore();
    }
  },
  LinkError: () => experimentOfLink("x".repeat(10_000)),
  QueueError: () => parseQueueAddress("http://localhost"),
  RunError: () => readRun(folder),
  RunnerError: async () => {
    const runner = startRunner({ threads: 1, backend: "cpu" });
    await runner.kill();
    const run = { name: "0".repeat(16), experiment: resolveExperiment({ preset: "mlp" }) };
    await runner.run({ run, folder });
  },
  SafetensorsError: () => decodeSafetensors(new Uint8Array(3)),
  SweepError: () => parseSweep("a: ["),
};

/** Those that only hardware which is rarely there can bring about, and the tests that do. */
const elsewhere: Record<string, string> = {
  DeviceError: "../../../packages/backend/test/browser/webgpu.test.ts",
  MemoryError: "../../../packages/backend/src/use-backend.test.ts",
};

const modules = {
  "@grok/backend": () => import("@grok/backend"),
  "@grok/data": () => import("@grok/data"),
  "@grok/metrics": () => import("@grok/metrics"),
  "@grok/models": () => import("@grok/models"),
  "@grok/plot": () => import("@grok/plot"),
  "@grok/reproduce": () => import("@grok/reproduce"),
  "@grok/reproduce/node": () => import("@grok/reproduce/node"),
  "@grok/sweep": () => import("@grok/sweep"),
  "@grok/sweep/node": () => import("@grok/sweep/node"),
  "@grok/sweep/queue": () => import("@grok/sweep/queue"),
  "@grok/sweep/speedrun": () => import("@grok/sweep/speedrun"),
  "@grok/train": () => import("@grok/train"),
  "@grok/train/archive": () => import("@grok/train/archive"),
  "@grok/train/fork": () => import("@grok/train/fork"),
  "@grok/train/link": () => import("@grok/train/link"),
  "@grok/train/safetensors": () => import("@grok/train/safetensors"),
  "@grok/train/node": () => import("@grok/train/node"),
};

/** The error classes that a module exports, by name. */
function errorClasses(exported: object): [string, new () => Error][] {
  return Object.entries(exported).filter(
    ([, value]) => typeof value === "function" && value.prototype instanceof Error,
  );
}

describe.each(Object.entries(modules))("%s", (_, load) => {
  it("exports only error classes that come out of a public call", async () => {
    for (const [name, errorClass] of errorClasses(await load())) {
      const test = elsewhere[name];
      if (test !== undefined) {
        const text = await readFile(fileURLToPath(new URL(test, import.meta.url)), "utf8");
        expect(text).toContain(name);
        continue;
      }
      const call = calls[name];
      expect(call, `a call that throws ${name}`).toBeDefined();
      await expect((async () => call?.())(), name).rejects.toBeInstanceOf(errorClass);
    }
  }, 120_000);
});
