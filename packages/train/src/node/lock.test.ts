import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FolderInUseError, FolderLostError } from "./folder-error";
import { isFolderInUse, lockFolder } from "./lock";
import { bootId, pidNamespace } from "./process-state";

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

describe("a holder that cannot be seen from here", () => {
  const path = () => join(folder, ".lock");

  /** Leaves a lock of another container of this machine, or of another machine. */
  async function heldElsewhere(more: object = {}): Promise<string> {
    const place = { host: hostname(), boot: bootId(), namespace: "pid:[1]" };
    const text = JSON.stringify({ pid: 7, began: null, id: "x", lease: 300, ...place, ...more });
    await writeFile(path(), text);
    return text;
  }

  it.runIf(process.platform === "linux").each<[string, object, RegExp]>([
    ["in another container", {}, /process 7 in another container of this machine/],
    ["on another machine", { boot: "b", host: "elsewhere" }, /process 7 on elsewhere;/],
  ])("is not judged if it is %s, and --take-over is named", async (_, more, sentence) => {
    const text = await heldElsewhere(more);
    // A living process of that number is another one.
    const error = await lockFolder(folder).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(FolderInUseError);
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).toContain("--take-over");
    expect(await readFile(path(), "utf8")).toBe(text);
  });

  it("is told from one that hides the names of its kernel", async () => {
    await heldElsewhere({ pid: process.pid, boot: null, namespace: pidNamespace() });
    await expect(lockFolder(folder)).rejects.toThrow(FolderInUseError);
  });

  it("is taken over once its lease has run out, and not before; who waits says so", async () => {
    await heldElsewhere();
    const said: string[] = [];
    const began = performance.now();
    const onWait = (sentence: string) => void said.push(sentence);
    const lock = await lockFolder(folder, { takeOver: true, onWait });
    expect(performance.now() - began).toBeGreaterThanOrEqual(300);
    expect(said).toEqual([
      expect.stringMatching(/^Waiting up to 1 s for the lease that process 7/),
    ]);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it.runIf(process.platform === "linux")(
    "is taken over in any case if it may be of this machine's earlier boot",
    async () => {
      await heldElsewhere({ boot: "b" });
      const onWait = vi.fn();
      await (await lockFolder(folder, { onWait })).release();
      const sentence =
        /process 7 on .* before it was restarted, or on another machine of that name/;
      expect(onWait).toHaveBeenCalledWith(expect.stringMatching(sentence));
    },
  );

  it("is not taken over while it renews its lock", async () => {
    await heldElsewhere();
    const timer = setInterval(() => void utimes(path(), new Date(), new Date()), 50);
    await expect(lockFolder(folder, { takeOver: true })).rejects.toThrow(/which renews its lock/);
    clearInterval(timer);
  });

  it("ends the wait with its signal's reason", async () => {
    await heldElsewhere({ lease: 60_000 });
    const signal = AbortSignal.timeout(50);
    await expect(lockFolder(folder, { takeOver: true, signal })).rejects.toThrow("timeout");
  });

  it("counts as in use until it was seen unrenewed for its lease", async () => {
    await heldElsewhere({ lease: 100 });
    expect(await isFolderInUse(folder)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(await isFolderInUse(folder)).toBe(false);
  });
});

describe("a held lock", () => {
  it("is renewed, even if the clock stands still", async () => {
    vi.spyOn(Date, "now").mockReturnValue(0);
    const lock = await lockFolder(folder, { leaseMs: 60 });
    const times = new Set<number>();
    for (let i = 0; i < 200 && times.size < 4; i++) {
      times.add((await stat(join(folder, ".lock"))).mtimeMs);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await lock.release();
    vi.restoreAllMocks();
    expect(times.size).toBeGreaterThanOrEqual(4);
  });

  it("notices by itself that it was taken over, and leaves the other's lock alone", async () => {
    const lock = await lockFolder(folder, { leaseMs: 60 });
    await lock.check();
    const text = JSON.stringify({ pid: 9, host: "elsewhere", began: null, id: "y" });
    await writeFile(join(folder, ".lock"), text);
    if (!lock.lost.aborted) await once(lock.lost, "abort");
    expect(lock.lost.reason).toBeInstanceOf(FolderLostError);
    await expect(lock.check()).rejects.toThrow(/was taken over by process 9 on elsewhere/);
    await lock.release();
    expect(await readFile(join(folder, ".lock"), "utf8")).toBe(text);
  });

  it("is lost if its file is gone", async () => {
    const lock = await lockFolder(folder);
    await rm(join(folder, ".lock"));
    await expect(lock.check()).rejects.toThrow(FolderLostError);
  });

  it.runIf(process.platform === "linux")("is refused where a pipe has its name", async () => {
    execFileSync("mkfifo", [join(folder, ".lock")]);
    await expect(lockFolder(folder)).rejects.toThrow(
      /\.lock is no regular file, but a folder, a pipe, a socket or a device\.$/,
    );
  });
});
