import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect as eventsOf } from "../../test/tiny";
import { collect, fingerprint, resolveExperiment, train } from "../index";
import { experimentOfLink, linkOf } from "../link/index";
import {
  createRun,
  exportRun,
  openRun,
  readArchive,
  readDataFlags,
  readRun,
  writeRunFolder,
} from "./index";

let root: string;

beforeAll(async () => {
  await tf.setBackend("cpu");
  root = await mkdtemp(join(tmpdir(), "grok-data-"));
});

afterAll(() => rm(root, { recursive: true, force: true }));

const line = (i: number) => `${i % 7},${(i * i) % 5},${i % 2 === 0 ? "even" : "odd"}`;
const rows = `a,b,class\n${Array.from({ length: 40 }, (_, i) => line(i)).join("\n")}\n`;
const small = { width: 8, steps: 6, "eval-every": 3, "checkpoint-every": 3 };

async function resolved(flags: Record<string, unknown>) {
  const read = await readDataFlags({ ...small, ...flags }, collect());
  return resolveExperiment({ preset: "mlp", flags: read });
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(root, name);
  await writeFile(path, content);
  return path;
}

test("a run keeps its data file, continues without the original, and leaves as an archive", async () => {
  const data = await file("rows.csv", rows);
  const experiment = await resolved({ data });
  expect(experiment.task).toMatchObject({
    kind: "csv",
    data: expect.stringMatching(/^rows\.csv:/),
  });
  expect(experimentOfLink(linkOf(experiment))).toEqual(experiment);
  const folder = join(root, "run");
  const store = await createRun(folder, experiment);
  await eventsOf(train(experiment, { store, until: 3 }));
  await store.close();
  await rm(data);
  const [digest = ""] = await readdir(join(folder, "data"));
  expect(experiment.task).toHaveProperty("data", `rows.csv:${digest}`);
  const open = await openRun(folder);
  await eventsOf(train(experiment, { store: open.store, resumeFrom: open.checkpoint }));
  await open.store.close();
  const { records, summary } = await readRun(folder);
  expect(records.map(({ step }) => step)).toEqual([1, 3, 6]);
  expect(summary?.status).toBe("finished");
  const archive = join(root, "run.zip");
  await exportRun(folder, archive);
  const { files } = await readArchive(archive);
  await writeRunFolder(files, join(root, "imported"));
  expect(await readdir(join(root, "imported", "data"))).toEqual([digest]);
});

test("a data file is what it holds, not what it is called", async () => {
  const [one, other, changed] = await Promise.all([
    resolved({ data: await file("one.csv", rows) }),
    resolved({ data: await file("other name.csv", rows) }),
    resolved({ data: await file("one-changed.csv", rows.replace("even", "odd")) }),
  ]);
  expect(await fingerprint(other)).toBe(await fingerprint(one));
  expect(await fingerprint(changed)).not.toBe(await fingerprint(one));
});

test("without its data file a run can be read, and says what it lacks", async () => {
  const experiment = await resolved({ data: await file("here.csv", rows) });
  const folder = join(root, "lacking");
  const store = await createRun(folder, experiment);
  await store.close();
  const config = join(folder, "config.json");
  const { config: written } = await readRun(folder);
  const unknown = "0".repeat(64);
  const text = JSON.stringify(written).replace(/here\.csv:[0-9a-f]{64}/, `here.csv:${unknown}`);
  await writeFile(config, text);
  expect((await readRun(folder)).records).toEqual([]);
  await expect(openRun(folder)).rejects.toThrow(
    /data file here\.csv \(sha256 0{64}\), which is missing: put it back as .*data/,
  );
  await writeFile(join(folder, "data", unknown), rows);
  await expect(openRun(folder)).rejects.toThrow(/is not the data file that the run was made with/);
});

test("tables, values and images are tasks by their files alone", async () => {
  const table = await resolved({
    table: await file("xor.json", "[[0, 1, 2], [1, 0, 2], [2, 2, 0]]"),
  });
  expect(table.task.kind).toBe("table");
  const values = await resolved({
    data: await file("values.csv", rows),
    target: "a",
    answer: "value",
    depth: 2,
  }).catch((error: Error) => error.message);
  expect(values).toMatch(/class/);
  const header = (...shape: number[]) => [
    0,
    0,
    8,
    shape.length,
    ...shape.flatMap((n) => [0, 0, 0, n]),
  ];
  const pixels = Uint8Array.from([
    ...header(12, 2, 2),
    ...Array.from({ length: 48 }, (_, i) => (i * 37) % 256),
  ]);
  const answers = Uint8Array.from([...header(12), ...Array.from({ length: 12 }, (_, i) => i % 3)]);
  const images = await resolved({
    data: await file("train-images-idx3-ubyte", pixels),
    labels: await file("train-labels-idx1-ubyte", answers),
  });
  expect(images.task.kind).toBe("images");
  await eventsOf(train(images));
});

test("a file that cannot be read is named with its flag", async () => {
  await expect(resolved({ data: join(root, "none.csv") })).rejects.toThrow(
    /^--data .*none\.csv cannot be read: /,
  );
  const bad = await file("bad.csv", "a,b\n1,2\n3,x\n4,y\n");
  await expect(resolved({ data: bad, target: "a" })).rejects.toThrow(
    /^bad\.csv: Line 3 has "x" in column "b"/,
  );
});
