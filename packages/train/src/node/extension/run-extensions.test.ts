import "@tensorflow/tfjs-backend-cpu";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadD5 } from "../../../test/d5";
import { collect as all, timeless } from "../../../test/tiny";
import { packRun } from "../../archive/pack-run";
import { unpackRun } from "../../archive/unpack-run";
import { wrapped } from "../../extension/format";
import { loadExtension } from "../../extension/load";
import type { LoadedExtension } from "../../kind/extension";
import { train } from "../../loop/train";
import { resolveExperiment } from "../../preset/resolve";
import { experimentOf } from "../../run/config";
import { fingerprint } from "../../run/fingerprint";
import { createRun } from "../create-run";
import { exportRun } from "../export-run";
import { readArchive, writeRunFolder } from "../import-run";
import { openRun } from "../open-run";
import { readCheckpoint, readRun } from "../read-run";
import { hostModules } from "./host-modules";
import { runExtensions } from "./run-extensions";

const flags = { width: 8, "embed-dim": 4, steps: 6, "eval-every": 2, "checkpoint-every": 2 };
let root: string;
let run: string;
let extensions: readonly LoadedExtension[];

beforeAll(async () => {
  await tf.setBackend("cpu");
  root = await mkdtemp(join(tmpdir(), "grok-run-extensions-"));
  run = join(root, "run");
  extensions = [await loadD5(root)];
  await trainTo(2, run);
});
afterAll(() => rm(root, { recursive: true }));

async function trainTo(step: number, folder: string): Promise<void> {
  const experiment = resolveExperiment({ preset: "d5", flags, extensions });
  const store = await createRun(folder, experiment, { extensions });
  const controller = new AbortController();
  for await (const event of train(experiment, { store, extensions, signal: controller.signal })) {
    if (event.type === "checkpoint" && event.step === step) controller.abort();
  }
  await store.close();
}

async function resumed(folder: string, used: readonly LoadedExtension[]): Promise<void> {
  const { config, store, checkpoint } = await openRun(folder, { extensions: used });
  await all(train(experimentOf(config), { store, resumeFrom: checkpoint, extensions: used }));
  await store.close();
}

/** All of the last checkpoint but the clock. */
const lastState = async (folder: string) => {
  const path = (await readRun(folder)).checkpoints.at(-1)?.path as string;
  const { parameters, optimizer, progress } = await readCheckpoint(path);
  return { parameters, optimizer, progress: timeless(progress) };
};

/** A copy of the run, to be broken. */
async function copied(name: string): Promise<string> {
  const folder = join(root, name);
  await cp(run, folder, { recursive: true });
  return folder;
}

async function edited(folder: string, edit: (config: Record<string, any>) => void): Promise<void> {
  const path = join(folder, "config.json");
  const config = JSON.parse(await readFile(path, "utf8"));
  edit(config);
  await writeFile(path, JSON.stringify(config));
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "nothing",
    (error: Error) => `${error.name}: ${error.message.replaceAll(root, "ROOT")}`,
  );

it("keeps the extension in the run, by name and digest, and counts it in what the run is", async () => {
  const [{ sha256, code }] = extensions as [LoadedExtension];
  const { config } = await readRun(run);
  expect(config.extensions).toEqual([{ name: "d5", file: "d5.ts", sha256 }]);
  expect(await readdir(join(run, "extensions"))).toEqual(["d5.mjs"]);
  expect(new Uint8Array(await readFile(join(run, "extensions/d5.mjs")))).toEqual(code);
  const experiment = experimentOf(config);
  const name = await fingerprint(experiment);
  const moved = [{ name: "d5", file: "elsewhere.ts", sha256 }];
  expect(await fingerprint({ ...experiment, extensions: moved })).toBe(name);
  const other = [{ name: "d5", file: "d5.ts", sha256: "0".repeat(64) }];
  expect(await fingerprint({ ...experiment, extensions: other })).not.toBe(name);
});

it("continues to the same bytes as a run that was not stopped", async () => {
  const whole = join(root, "whole");
  await trainTo(-1, whole);
  const stopped = await copied("stopped");
  await resumed(stopped, await runExtensions(stopped, { used: extensions }));
  const state = await lastState(stopped);
  expect(state.progress.step).toBe(6);
  expect(state).toEqual(await lastState(whole));
});

it("is read without its code, which does not run", async () => {
  const folder = await copied("reading");
  const trap = "// grok extension: format 1, host API 1\nglobalThis.trapped = true;\n";
  await writeFile(join(folder, "extensions/d5.mjs"), trap);
  const { records, config } = await readRun(folder);
  expect(records.map(({ step }) => step)).toContain(2);
  expect(config.task.kind).toBe("dihedral");
  expect(await refusal(openRun(folder))).toContain("can be read but not run");
  expect(await refusal(exportRun(folder, join(root, "trap.zip")))).toContain(
    "extensions/d5.mjs is not the extension that the run was made with",
  );
  expect(await refusal(runExtensions(folder, { trust: true }))).toContain("the file has sha256");
  expect("trapped" in globalThis).toBe(false);
});

it("takes the copy on trust alone, and says what it is", { timeout: 120_000 }, async () => {
  const folder = await copied("trusted");
  expect(await refusal(runExtensions(folder))).toContain("whose code never runs by itself");
  const told: unknown[] = [];
  const trusted = await runExtensions(folder, { trust: true, onTrust: (copy) => told.push(copy) });
  const [{ sha256, code }] = extensions as [LoadedExtension];
  const path = join(folder, "extensions/d5.mjs");
  expect(told).toEqual([{ name: "d5", path, bytes: code?.length, sha256 }]);
  await resumed(folder, trusted);
});

it("refuses another file of the same name, and a config.json that was edited to fit it", async () => {
  const folder = await copied("other");
  const text = `module.exports.default = { name: "d5", tasks: [] };`;
  const code = new TextEncoder().encode(wrapped(text));
  const other = await loadExtension(code, "other.ts", await hostModules());
  expect(await refusal(runExtensions(folder, { used: [other] }))).toMatch(
    /^ExtensionError: ROOT\/other was made with another extension d5 than other\.ts: sha256 [0-9a-f]{64} then, sha256 [0-9a-f]{64} now/,
  );
  await edited(folder, (config) => {
    config.extensions[0].sha256 = other.sha256;
  });
  await writeFile(join(folder, "extensions/d5.mjs"), code);
  // The checkpoint is of the experiment with the first one.
  const real = extensions[0] as LoadedExtension;
  const forged = { ...real, sha256: other.sha256, code };
  expect(await refusal(openRun(folder, { extensions: [forged] }))).toContain("another experiment");
  // Nor does leaving the name out make it another's.
  await edited(folder, (config) => {
    delete config.extensions;
  });
  expect(await refusal(openRun(folder, { extensions }))).not.toBe("nothing");
});

it("goes through an archive by name, size and digest only", async () => {
  const file = join(root, "run.zip");
  await exportRun(run, file);
  const { files } = await readArchive(file);
  expect(files.get("extensions/d5.mjs")).toEqual((extensions[0] as LoadedExtension).code);
  const folder = join(root, "imported");
  await writeRunFolder(files, folder);
  await resumed(folder, extensions as LoadedExtension[]);
  const archived = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const path = join(root, "bad.zip");
    await writeFile(path, packRun(new Map(files).set(name, bytes)));
    return refusal(readArchive(path));
  };
  const code = new TextEncoder().encode("// other");
  expect(await archived("extensions/d5.mjs", code)).toContain("is not the extension");
  expect(await archived("extensions/more.mjs", code)).toContain("config.json does not name");
  for (const name of ["extensions/../x.mjs", "extensions/con.mjs", "extensions/d5.js", "x.mjs"]) {
    expect(() => packRun(new Map(files).set(name, code))).toThrow("no file of a run");
  }
  const large = new Uint8Array(4 * 2 ** 20 + 1);
  const packed = packRun(new Map(files).set("extensions/d5.mjs", large));
  expect(() => unpackRun(packed)).toThrow("d5.mjs has 4194305 bytes; allowed are 4194304.");
});
