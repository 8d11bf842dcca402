import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isFolderInUse, lockFolder } from "./lock";

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-lock-"));
});
afterEach(async () => {
  child?.kill("SIGKILL");
  child = undefined;
  await rm(folder, { recursive: true });
});

/** A living process that is said to hold the folder. */
async function heldByChild(): Promise<ChildProcess> {
  child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  const holder = { pid: child.pid, host: hostname(), began: null, id: "child" };
  await writeFile(join(folder, ".lock"), JSON.stringify(holder));
  return child;
}

describe("lockFolder", () => {
  it("refuses a second holder in the same process, and takes one after release", async () => {
    const first = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
    await first.release();
    const second = await lockFolder(folder);
    await second.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("lets exactly one of many at once have the folder", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("lets exactly one of many at once take over from a process that was killed", async () => {
    const holder = await heldByChild();
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const stale = await readFile(join(folder, ".lock"), "utf8");
    for (let round = 0; round < 20; round++) {
      await writeFile(join(folder, ".lock"), stale);
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
      const taken = tries.filter((each) => each.status === "fulfilled");
      expect(taken).toHaveLength(1);
      await taken[0]?.value.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it("clears away what processes left that were killed while they took the folder", async () => {
    const holder = await heldByChild();
    holder.kill("SIGKILL");
    await once(holder, "exit");
    const stale = await readFile(join(folder, ".lock"), "utf8");
    const mark = createHash("sha256").update(stale).digest("hex").slice(0, 16);
    await writeFile(join(folder, `.lock.${mark}`), stale);
    await writeFile(join(folder, ".lock.5d1b1e0e-0000-4000-8000-000000000000"), stale);
    const lock = await lockFolder(folder);
    expect(await readdir(folder)).toEqual([".lock"]);
    await lock.release();
  });

  it("refuses while another process lives and takes over when it was killed", async () => {
    const holder = await heldByChild();
    await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${holder.pid}`);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await (await lockFolder(folder)).release();
  });

  it.runIf(process.platform === "linux")(
    "is not deceived by a later process of that id",
    async () => {
      const holder = await heldByChild();
      const earlier = { pid: holder.pid, host: hostname(), began: "another boot/1", id: "x" };
      await writeFile(join(folder, ".lock"), JSON.stringify(earlier));
      await (await lockFolder(folder)).release();
    },
  );

  it("does not judge a holder on another machine, and says which file to delete", async () => {
    const text = JSON.stringify({ pid: 1, host: "elsewhere", began: null, id: "x" });
    await writeFile(join(folder, ".lock"), text);
    await expect(lockFolder(folder)).rejects.toThrow(
      /on elsewhere; if that has ended, delete .*\.lock/,
    );
    expect(await readFile(join(folder, ".lock"), "utf8")).toBe(text);
  });

  it("takes over a lock that a crash left half written", async () => {
    await writeFile(join(folder, ".lock"), '{"pid":');
    await (await lockFolder(folder)).release();
  });
});

it("isFolderInUse tells a living holder from none, a released, a dead and a damaged lock", async () => {
  expect(await isFolderInUse(folder)).toBe(false);
  const lock = await lockFolder(folder);
  expect(await isFolderInUse(folder)).toBe(true);
  await lock.release();
  expect(await isFolderInUse(folder)).toBe(false);
  const holder = await heldByChild();
  expect(await isFolderInUse(folder)).toBe(true);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(await isFolderInUse(folder)).toBe(false);
  expect(await readdir(folder)).toEqual([".lock"]);
  await writeFile(join(folder, ".lock"), "{");
  expect(await isFolderInUse(folder)).toBe(false);
});
