import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readRun } from "@grok/train/node";
import { SmallDisk } from "../small-disk";
import { afterwards, type Case, type Fault, type FaultResult, saidOf } from "./fault";
import { folderFaults } from "./folder-faults";
import type { Failure } from "./orders";
import { freshFolder, proceed, runName, type SeriesOptions } from "./series";
import { operationsOf } from "./watched";

const checkpoint = ".safetensors";
const unfinished = ".tmp";

/** Writes that fail, the way a broken disk has them fail. */
const failures: readonly [string, Failure][] = [
  [
    "a line of the metrics, half written",
    { kind: "appendFile", ending: ".jsonl", nth: 2, code: "EIO" },
  ],
  ["flushing the metrics", { kind: "datasync", ending: ".jsonl", nth: 2, code: "EIO" }],
  // The first is config.json.
  ["a checkpoint, half written", { kind: "writeFile", ending: unfinished, nth: 3, code: "EIO" }],
  ["flushing a checkpoint", { kind: "sync", ending: unfinished, nth: 3, code: "EIO" }],
  ["giving a checkpoint its name", { kind: "rename", ending: checkpoint, nth: 2, code: "EIO" }],
  ["the run's config", { kind: "writeFile", ending: unfinished, nth: 1, code: "EIO" }],
];

/** Pages of 4 KiB that a full disk has left when a run begins. */
const pagesLeft = [0, 2, 4, 7, 11, 16];

/** All faults. */
export const faults: readonly Fault[] = [
  ...failures.map(
    ([what, failure]): Fault => ({
      fault: `write error: ${what}`,
      run: async (each) => {
        const failed = await proceed(each.options, each.folder, { failure });
        return afterwards(each, saidOf(failed, /the disk fails/, [1, 2]));
      },
    }),
  ),
  ...pagesLeft.map(
    (pages): Fault => ({
      fault: `disk full: ${4 * pages} KiB left`,
      run: (each) =>
        onSmallDisk(each, async (disk) => {
          await disk.fill(4096 * pages);
          const failed = await proceed(each.options, each.folder);
          await disk.free();
          return afterwards(each, saidOf(failed, /the disk is full/, [1, 2]));
        }),
    }),
  ),
  {
    fault: "disk full: a run that was killed is resumed on it",
    run: (each) =>
      onSmallDisk(each, async (disk) => {
        await killLate(each);
        const before = await snapshot(each.folder);
        await disk.fill(0);
        const failed = await proceed(each.options, each.folder);
        await disk.free();
        const lost = changed(before, await snapshot(each.folder));
        return afterwards(each, saidOf(failed, /the disk is full/, [1, 2]), lost);
      }),
  },
  {
    fault: "a disk that can only be read",
    run: (each) =>
      onSmallDisk(each, async (disk) => {
        await killLate(each);
        const before = await snapshot(each.folder);
        await disk.setReadOnly(true);
        const failed = await proceed(each.options, each.folder);
        await disk.setReadOnly(false);
        const lost = changed(before, await snapshot(each.folder));
        return afterwards(each, saidOf(failed, /the disk can only be read/, [2]), lost);
      }),
  },
  ...(
    [
      ["cut short", (path, size) => truncate(path, size - 100)],
      ["cut to nothing", (path) => truncate(path, 0)],
      ["a bit of a weight flipped", (path, size) => flip(path, size - 1000)],
      ["a bit of the header flipped", (path) => flip(path, 100)],
    ] as [string, (path: string, size: number) => Promise<void>][]
  ).map(
    ([what, damage]): Fault => ({
      fault: `newest checkpoint: ${what}`,
      run: async (each) => {
        await killLate(each);
        const run = join(each.folder, runName);
        const { path = "" } = (await readRun(run)).checkpoints.at(-1) ?? {};
        await damage(path, (await readFile(path)).length);
        const resumed = await proceed(each.options, each.folder);
        const said = saidOf(resumed, /no whole checkpoint.*Continuing from step \d+ instead/, [0]);
        const result = await afterwards(each, said);
        // It is set aside, so that a user can look at it.
        const aside = `${path.slice(run.length + 1)}.damaged is too many`;
        const differences = result.differences.filter((each) => each !== aside);
        if (differences.length === result.differences.length) differences.push("nothing set aside");
        return { ...result, differences };
      },
    }),
  ),
  {
    fault: "metrics: last line torn",
    run: async (each) => {
      await killLate(each);
      const path = join(each.folder, runName, "metrics.jsonl");
      await truncate(path, (await readFile(path)).length - 40);
      const resumed = await proceed(each.options, each.folder);
      return afterwards(each, saidOf(resumed, /last line of .*metrics\.jsonl is torn/, [0]));
    },
  },
  ...folderFaults,
];

/** Does faults to runs of their own, one after the other. */
export async function tryFaults(
  options: SeriesOptions,
  reference: Case["reference"],
  onResult: (result: FaultResult) => void,
  chosen: readonly Fault[] = faults,
): Promise<void> {
  for (const { fault, run } of chosen) {
    const folder = await freshFolder(options, "fault");
    onResult({ fault, ...(await run({ options, reference, folder })) });
  }
}

/** Kills the run when two checkpoints are there, and evaluations behind the second. */
async function killLate({ options, reference, folder }: Case): Promise<void> {
  const operations = operationsOf(reference.process.entries);
  const flushed = operations.findLastIndex(({ kind }) => kind === "datasync");
  await proceed(options, folder, { death: { before: flushed + 2, how: "kill" } });
}

async function onSmallDisk(
  { folder }: Case,
  act: (disk: SmallDisk) => Promise<Omit<FaultResult, "fault">>,
): Promise<Omit<FaultResult, "fault">> {
  let disk: SmallDisk;
  try {
    disk = await SmallDisk.at(folder);
  } catch (error) {
    return { said: "", differences: [], skipped: (error as Error).message };
  }
  try {
    return await act(disk);
  } finally {
    await disk.release();
  }
}

async function snapshot(folder: string): Promise<Map<string, Buffer>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile() && !entry.name.startsWith("."));
  const read = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path, await readFile(path)] as const;
  });
  return new Map(await Promise.all(read));
}

function changed(before: Map<string, Buffer>, after: Map<string, Buffer>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name)?.equals(after.get(name) ?? Buffer.alloc(0)) !== true)
    .map((name) => `${name} was changed by the attempt`);
}

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
