import { chmod, lstat, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { RunError } from "@grok/train";
import { type Lock, lockFolder, makeFolder } from "@grok/train/node";
import { QueueError } from "./error";

/** A folder of one worker's process. */
export interface WorkFolder {
  readonly path: string;
  /** Removes it. */
  remove(): Promise<void>;
}

const prefix = "worker-";

/**
 * Makes a folder of this worker's process, `DIR/worker-HOST-PID-…`, and takes away those of workers
 * that are gone: what they had that counts is in the queue's store. Who holds a folder is what its
 * lock says, so that workers of other containers keep theirs.
 *
 * @param dir default `grok-worker-UID` of the system's folder for temporary files, which must be
 *   this user's own
 * @throws QueueError if the default folder is another user's, or a link
 */
export async function makeWorkFolder(dir?: string): Promise<WorkFolder> {
  const parent = dir ?? (await ownFolder());
  await makeFolder(parent);
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await removeIfNobodys(join(parent, name));
  }
  for (let attempt = 0; ; attempt++) {
    const path = await mkdtemp(join(parent, `${prefix}${hostname()}-${process.pid}-`));
    try {
      const lock = await lockFolder(path);
      return { path, remove: () => remove(path, lock) };
    } catch (error) {
      // Another worker that begins took it for nobody's.
      if (attempt === 9) throw error;
    }
  }
}

/** A folder that no other user can have put there, or look into. */
async function ownFolder(): Promise<string> {
  const uid = process.getuid?.();
  const path = join(tmpdir(), uid === undefined ? "grok-worker" : `grok-worker-${uid}`);
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const found = await lstat(path);
  const isOwn = found.isDirectory() && (uid === undefined || found.uid === uid);
  if (!isOwn) {
    const what = found.isSymbolicLink() ? "a link" : "another user's";
    throw new QueueError(`${path} is ${what}; remove it, or name another folder with --dir.`);
  }
  if (uid !== undefined && (found.mode & 0o077) !== 0) await chmod(path, 0o700);
  return path;
}

async function removeIfNobodys(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isDirectory() !== true) return;
  const lock = await lockFolder(path).catch((error: unknown) => {
    // A living worker's, one of another machine, or just gone.
    if (error instanceof RunError || isMissing(error)) return null;
    throw error;
  });
  if (lock !== null) await remove(path, lock);
}

async function remove(path: string, lock: Lock): Promise<void> {
  await lock.release();
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
