import { appendFile, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { resolveExperiment } from "@grok/train";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RunIndex } from "./run-index";

/** How the system refuses, by call; and how often folders were looked into. */
const system = vi.hoisted(() => ({
  refusing: "" as "" | "readdir" | "open",
  looked: 0,
  /** What opening a file waits for. */
  opening: null as ((path: string) => Promise<void>) | null,
}));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const refuse = (call: string) => {
    if (system.refusing !== call) return;
    throw Object.assign(new Error(`EMFILE: too many open files, ${call}`), { code: "EMFILE" });
  };
  return {
    ...real,
    readdir: async (...args: Parameters<typeof real.readdir>) => {
      system.looked++;
      refuse("readdir");
      return real.readdir(...args);
    },
    open: async (...args: Parameters<typeof real.open>) => {
      refuse("open");
      await system.opening?.(String(args[0]));
      return real.open(...args);
    },
  };
});

const config = JSON.stringify({ ...resolveExperiment(), backend: "wasm", versions: {} });
const record = (step: number) =>
  `${JSON.stringify({ step, epoch: null, train_loss: 1, train_acc: 0, val_loss: 1, val_acc: 0, elapsed_sec: 0 })}\n`;

let root: string;
let index: RunIndex;
beforeEach(async () => {
  system.refusing = "";
  system.looked = 0;
  root = await realpath(await mkdtemp(join(tmpdir(), "grok-index-")));
});
afterEach(async () => {
  index.close();
  await rm(root, { recursive: true, force: true });
});

async function makeRun(name: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), config);
  await writeFile(join(folder, "metrics.jsonl"), record(1));
  return folder;
}

const namesOf = ({ runs }: { runs: { name: string }[] }) => runs.map(({ name }) => name).sort();

it("tells an asker only what has changed", async () => {
  await makeRun("a");
  const b = await makeRun("sweeps/s/runs/b");
  index = new RunIndex(root);
  const all = await index.list();
  expect(all).toMatchObject({ isWhole: true, problem: null, since: null, removed: [] });
  expect(namesOf(all)).toEqual(["a", "sweeps/s/runs/b"]);
  expect(await index.list(all.version)).toMatchObject({
    version: all.version,
    since: all.version,
    runs: [],
  });
  await appendFile(join(b, "metrics.jsonl"), record(2));
  await makeRun("c");
  const more = await index.list(all.version);
  expect(namesOf(more)).toEqual(["c", "sweeps/s/runs/b"]);
  expect(more.runs.find(({ name }) => name !== "c")?.last?.step).toBe(2);
  await rm(join(root, "sweeps"), { recursive: true });
  expect(await index.list(more.version)).toMatchObject({ runs: [], removed: ["sweeps/s/runs/b"] });
  // Another server's version, or none that there was, is answered with all.
  for (const since of ["0-1", `${all.version}0`, "x"]) {
    expect(await index.list(since)).toMatchObject({ since: null, runs: [{}, {}] });
  }
});

it("looks again at what could not be read, and says meanwhile that the list is not whole", async () => {
  await makeRun("sweeps/s/runs/b");
  system.refusing = "readdir";
  index = new RunIndex(root);
  const none = await index.list();
  expect(none).toMatchObject({ isWhole: false, runs: [] });
  expect(none.problem).toBe(
    "The served folder cannot be read now (too many files are open); it is tried again.",
  );
  system.refusing = "open";
  expect(await index.list()).toMatchObject({
    isWhole: false,
    runs: [],
    problem: "sweeps/s/runs/b cannot be read now (too many files are open); it is tried again.",
  });
  system.refusing = "";
  expect(await index.list()).toMatchObject({
    isWhole: true,
    problem: null,
    runs: [{ problem: null }],
  });
  // What was read stays, should it not be readable later.
  system.refusing = "open";
  await appendFile(join(root, "sweeps/s/runs/b/metrics.jsonl"), record(2));
  expect(await index.list()).toMatchObject({ isWhole: false, runs: [{ last: { step: 1 } }] });
  system.refusing = "";
  expect(await index.list()).toMatchObject({ isWhole: true, runs: [{ last: { step: 2 } }] });
});

it("does not walk through all runs at each asking, and hears of what happens in any", async () => {
  const folders = await Promise.all(
    Array.from({ length: 200 }, (_, i) => makeRun(`sweeps/s/runs/${i}`)),
  );
  index = new RunIndex(root);
  await index.update();
  const { version, runs } = await index.list();
  expect(runs).toHaveLength(200);
  system.looked = 0;
  expect((await index.list(version)).runs).toEqual([]);
  expect(system.looked).toBe(0);
  for (const folder of folders) await appendFile(join(folder, "metrics.jsonl"), record(2));
  await vi.waitFor(async () => expect((await index.list(version)).runs).toHaveLength(200), 20_000);
});

it("finds a run by its name while very many others are still being read", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, i) => makeRun(`${i}`)));
  let release = () => {};
  const others = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = join(root, "39");
  system.opening = async (path) => (path.startsWith(asked) ? undefined : others);
  index = new RunIndex(root);
  // The folders' names are read first.
  await vi.waitFor(() => expect(system.looked).toBeGreaterThan(1), 20_000);
  const found = await index.folderOf("39");
  release();
  system.opening = null;
  expect(found).toBe(asked);
  await vi.waitFor(async () => expect((await index.list()).isWhole).toBe(true), 20_000);
});

it("finds a run by its name at once, and none that is no run's name", async () => {
  index = new RunIndex(root);
  await index.list();
  const folder = await makeRun("new/a");
  expect(await index.folderOf("new/a")).toBe(folder);
  await makeRun(".hidden/b");
  await makeRun("../outside-of-it");
  for (const name of ["", "new", "new/b", ".hidden/b", "../outside-of-it", "new//a", "new/a/b"]) {
    expect(await index.folderOf(name), name).toBeUndefined();
  }
  await rm(join(dirname(root), "outside-of-it"), { recursive: true });
});
