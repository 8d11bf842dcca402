import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeFolder } from "./make-folder";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "grok-make-"))));
afterEach(() => rm(folder, { recursive: true }));

it("makes a folder and those above it, and leaves one that is there", async () => {
  await makeFolder(join(folder, "a/b/c"));
  await makeFolder(join(folder, "a/b/c"));
  expect((await stat(join(folder, "a/b/c"))).isDirectory()).toBe(true);
  await writeFile(join(folder, "file"), "");
  await expect(makeFolder(join(folder, "file/x"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

it.runIf(process.platform === "linux")("ends where a file system takes no folders", async () => {
  const refused = { code: "ENOENT", path: "/proc/grok" };
  await expect(makeFolder("/proc/grok/runs")).rejects.toMatchObject(refused);
});

it("makes one folder though many ask for it at once", async () => {
  const path = join(folder, "d/e/f/g");
  await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
  expect((await stat(path)).isDirectory()).toBe(true);
  await expect(makeFolder("")).rejects.toMatchObject({ code: "ENOENT" });
});

const canMount = spawnSync("unshare", ["-m", "true"]).status === 0;

it.runIf(canMount)("says that a disk can only be read (needs a process that may mount)", () => {
  const file = new URL("./make-folder.ts", import.meta.url);
  const script = `import("${file.href}").then(({ makeFolder }) => makeFolder("disk/a/b")).catch(({ code, path }) => console.log(code, path))`;
  const shell = `mkdir disk && mount -t tmpfs -o ro tmpfs disk && "$0" --experimental-transform-types --no-warnings -e "$1"`;
  const said = execFileSync("unshare", ["-m", "sh", "-c", shell, process.execPath, script], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(said.trim()).toBe("EROFS disk/a");
});
