import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lookAtDisk } from "./disk";

let folder: string;
beforeEach(async () => void (folder = await realpath(await mkdtemp(join(tmpdir(), "grok-disk-")))));
afterEach(() => rm(folder, { recursive: true }));

it("tries the folder that is there, and leaves nothing", async () => {
  const { condition, text } = await lookAtDisk(join(folder, "runs", "mine"));
  expect(condition).not.toBe("missing");
  expect(text).toMatch(new RegExp(`^${folder} can be written, \\d+ [GM]iB free`));
  expect(await readdir(folder)).toEqual([]);
});

it("passes over a file in the way, as runs do not", async () => {
  await writeFile(join(folder, "runs"), "");
  expect((await lookAtDisk(join(folder, "runs"))).text).toContain(folder);
});

it("says why a folder cannot be written", async () => {
  const { condition, text } = await lookAtDisk("/proc/self");
  expect(condition).toBe("missing");
  expect(text).toMatch(/^No run can be written to \/proc\/self: .*Choose another --out-dir\.$/);
});
