import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readdir, readFile, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { RunError } from "../run/error";
import { readRegularFile } from "./regular-file";

/** Who holds a run folder. */
interface Holder {
  pid: number;
  host: string;
  /** When the process began, in the system's own words; tells it from a later one of the same id. */
  began: string | null;
  id: string;
}

/** The folder belongs to another process, which may soon be done with it. */
export class FolderInUseError extends RunError {}

/** A run folder that belongs to this process until it is released. */
export interface Lock {
  /** Gives the folder back. */
  release(): Promise<void>;
}

const lockName = ".lock";

/**
 * Takes a run folder for this process. A lock ends with its process: one that a killed process left
 * behind is taken over.
 *
 * @throws RunError where another living process, or one on another machine, holds the folder
 */
export async function lockFolder(folder: string): Promise<Lock> {
  const path = join(folder, lockName);
  const lock = await take(path, (holder) => {
    throw new RunError(inUse(folder, path, holder));
  });
  // What processes left that were killed while they took the folder.
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${lockName}.`)) await unlink(join(folder, name)).catch(() => {});
  }
  return lock;
}

/** Whether a living process, or one on another machine, holds a run folder; changes nothing. */
export async function isFolderInUse(folder: string): Promise<boolean> {
  const bytes = await readRegularFile(join(folder, lockName), 4096).catch(() => null);
  const holder = bytes === null ? null : parse(new TextDecoder().decode(bytes));
  return holder !== null && isAlive(holder);
}

/**
 * Makes a lock file that is this process's own. One whose process is gone is removed first, and the
 * right to do that is a lock file too, whose name follows from what is removed: of many who judge
 * the same file one removes it, and never a file that came after it.
 */
async function take(path: string, refuse: (holder: Holder | null) => never): Promise<Lock> {
  const began = processState(process.pid)?.began ?? null;
  const me: Holder = { pid: process.pid, host: hostname(), began, id: randomUUID() };
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await create(path, me)) return { release: () => release(path, me) };
    const text = await readFile(path, "utf8").catch(() => null);
    if (text === null) continue;
    const holder = parse(text);
    // Where there are no hard links a lock may be seen half written: look again before judging.
    if (holder === null && attempt < 5) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    if (holder !== null && isAlive(holder)) refuse(holder);
    const mark = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const right = await take(`${path}.${mark}`, refuse);
    try {
      const now = await readFile(path, "utf8").catch(() => null);
      if (now === text) await unlink(path);
    } finally {
      await right.release();
    }
  }
  return refuse(null);
}

function inUse(folder: string, path: string, holder: Holder | null): string {
  if (holder === null) return `${folder} is in use by another process.`;
  const { pid, host } = holder;
  return host === hostname()
    ? `${folder} is in use by process ${pid}; stop it first.`
    : `${folder} is in use by process ${pid} on ${host}; if that has ended, delete ${path}.`;
}

/** Creates the lock in one instant, if there is none. */
async function create(path: string, me: Holder): Promise<boolean> {
  const own = `${path}.${me.id}`;
  try {
    await writeFile(own, JSON.stringify(me), { flag: "wx" });
    await link(own, path).catch(async (error) => {
      if (errorCode(error) === "EEXIST") throw error;
      await writeFile(path, JSON.stringify(me), { flag: "wx" });
    });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    await unlink(own).catch(() => {});
  }
}

async function release(path: string, me: Holder): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => "");
  // One that cannot be removed any more, as on a disk that fails, ends with this process.
  if (parse(text)?.id === me.id) await unlink(path).catch(() => {});
}

function parse(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder;
    return Number.isSafeInteger(holder.pid) && typeof holder.host === "string" ? holder : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, host, began }: Holder): boolean {
  // Another machine's processes cannot be seen from here.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
  const state = processState(pid);
  // A zombie has ended and only waits for its parent to notice.
  return state === null || (state.letter !== "Z" && (began === null || state.began === began));
}

/** A process's state and when it began (boot, and clock ticks since then); null where not Linux. */
function processState(pid: number): { letter: string; began: string } | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in parentheses, which may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { letter: fields[0] as string, began: `${boot}/${fields[19]}` };
  } catch {
    return null;
  }
}

function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
