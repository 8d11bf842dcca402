import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { RunError } from "../run/error";

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
  release(): Promise<void>;
}

const lockName = ".lock";

/**
 * Takes a run folder for this process. A lock ends with its process: one that a killed process left
 * behind is taken over.
 *
 * @throws FolderInUseError where another living process, or one on another machine, holds the folder
 */
export async function lockFolder(folder: string): Promise<Lock> {
  const path = join(folder, lockName);
  const began = processState(process.pid)?.began ?? null;
  const me: Holder = { pid: process.pid, host: hostname(), began, id: randomUUID() };
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await create(path, me)) return { release: () => release(path, me) };
    const text = await readFile(path, "utf8").catch(() => null);
    if (text === null) continue;
    const holder = parse(text);
    // Where there are no hard links a lock may be seen half written: look again before judging.
    if (holder === null && attempt < 5) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      continue;
    }
    if (holder !== null && isAlive(holder)) {
      throw new FolderInUseError(
        holder.host === me.host
          ? `${folder} is in use by process ${holder.pid}; stop it first.`
          : `${folder} is in use by process ${holder.pid} on ${holder.host}; if that has ended, delete ${path}.`,
      );
    }
    await discard(path, text);
  }
  throw new FolderInUseError(`${folder} is in use by another process.`);
}

/** Creates the lock in one instant, if there is none. */
async function create(path: string, me: Holder): Promise<boolean> {
  const own = `${path}.${me.id}`;
  await writeFile(own, JSON.stringify(me), { flag: "wx" });
  try {
    await link(own, path).catch(async (error) => {
      if (errorCode(error) === "EEXIST") throw error;
      await writeFile(path, JSON.stringify(me), { flag: "wx" });
    });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  } finally {
    await unlink(own);
  }
}

/**
 * Removes a lock whose process is gone. Between reading and removing it another process may have
 * done the same and taken the folder: what was moved away is looked at, and put back if it is that.
 */
async function discard(path: string, judged: string): Promise<void> {
  const moved = `${path}.${randomUUID()}`;
  try {
    await rename(path, moved);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  if ((await readFile(moved, "utf8")) !== judged) await link(moved, path).catch(() => {});
  await unlink(moved);
}

async function release(path: string, me: Holder): Promise<void> {
  const text = await readFile(path, "utf8").catch(() => "");
  if (parse(text)?.id === me.id) await unlink(path);
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
