import { chown, lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { makeWorkFolder } from "./work-folder";

let base: string;
const uid = process.getuid?.() ?? 0;
const own = () => join(base, `grok-worker-${uid}`);
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "grok-work-"));
  vi.stubEnv("TMPDIR", base);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(base, { recursive: true });
});

it("is this user's alone, and gone when it is removed", async () => {
  const folder = await makeWorkFolder();
  expect(folder.path.startsWith(join(own(), "worker-"))).toBe(true);
  expect((await lstat(own())).mode & 0o777).toBe(0o700);
  await folder.remove();
  expect(await readdir(own())).toEqual([]);
});

it("follows no link that somebody put in its place", async () => {
  await mkdir(join(base, "theirs"));
  await symlink(join(base, "theirs"), own());
  await expect(makeWorkFolder()).rejects.toThrow(/grok-worker-\d+ is a link; .*--dir/);
  expect(await readdir(join(base, "theirs"))).toEqual([]);
});

it.runIf(uid === 0)("refuses one of another user (needs root)", async () => {
  await mkdir(own());
  await chown(own(), 12_345, 12_345);
  await expect(makeWorkFolder()).rejects.toThrow(/is another user's; .*--dir/);
});

it("removes what nobody holds, and leaves living workers theirs", async () => {
  const living = await makeWorkFolder(base);
  await mkdir(join(base, "worker-host-1-dead"));
  await writeFile(join(base, "worker-host-1-dead", "config.json"), "{}");
  await mkdir(join(base, "something"));
  const folder = await makeWorkFolder(base);
  expect((await readdir(base)).sort()).toEqual(
    ["something", living.path.slice(base.length + 1), folder.path.slice(base.length + 1)].sort(),
  );
  await folder.remove();
  await living.remove();
});
