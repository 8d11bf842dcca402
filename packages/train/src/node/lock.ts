import { createHash } from "node:crypto";
import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { FolderInUseError } from "./folder-error";
import { HeldLock, type Lock } from "./held-lock";
import {
  currentHolder,
  type Holder,
  holderText,
  mayBeOfEarlierBoot,
  parseHolder,
  standingOf,
} from "./holder";
import { LeaseWatch } from "./lease-watch";
import { createLock, readLock, removeOwnLock, type SeenLock } from "./lock-file";

/** How a folder is taken. */
export interface LockOptions {
  /**
   * Whether to take the folder from a process that cannot be seen from here (in another container,
   * on another machine), once it has let its lease run out; default false. From a process on a host
   * of this name that ran before a restart it is taken so in any case.
   */
  takeOver?: boolean;
  /** Ends the waiting for a lease with the signal's reason. */
  signal?: AbortSignal;
  /** Is told in a sentence what is waited for, and for how long at most. */
  onWait?: (sentence: string) => void;
  /** Milliseconds within which this process renews its own lock; default 30,000. */
  leaseMs?: number;
}

const lockName = ".lock";

/** See {@link LockOptions.leaseMs}: six renewals fit in, and a container is replaced no sooner. */
const defaultLease = 30_000;

/** Milliseconds between two looks at a lock whose lease is waited for. */
const lookEvery = 1_000;

/**
 * Takes a run folder for this process. A lock ends with its process: one that a killed process left
 * behind is taken over at once if that process can be seen to be gone, and after its lease, with
 * `takeOver`, if it cannot be seen.
 *
 * @throws FolderInUseError if another living process holds the folder, or one that cannot be seen
 * from here
 */
export async function lockFolder(folder: string, options: LockOptions = {}): Promise<Lock> {
  const path = join(folder, lockName);
  const me = currentHolder(options.leaseMs ?? defaultLease);
  await take(folder, path, me, options);
  const lock = new HeldLock(folder, path, me);
  // What processes left that were killed while they took the folder.
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${lockName}.`)) await unlink(join(folder, name)).catch(() => {});
  }
  return lock;
}

/** Locks whose holders cannot be seen, by their paths, since they were first looked at. */
const watches = new Map<string, LeaseWatch>();

/**
 * Whether a process holds a run folder; changes nothing. One that cannot be seen from here counts
 * until its lock was seen unrenewed for its lease, by a caller who asks every second or two.
 */
export async function isFolderInUse(folder: string): Promise<boolean> {
  const path = join(folder, lockName);
  const now = performance.now();
  const seen = await readLock(path).catch(() => null);
  const holder = seen && parseHolder(seen.text);
  const standing = holder === null ? "dead" : standingOf(holder);
  if (seen === null || holder === null || standing !== "unseen") {
    watches.delete(path);
    return standing === "alive";
  }
  const watch = watches.get(path) ?? new LeaseWatch();
  watches.set(path, watch);
  const unchanged = watch.look(seen.stamp, now);
  return holder.lease === undefined || unchanged < holder.lease;
}

/**
 * Makes a lock file that is this process's own. One whose process is gone is removed first, and the
 * right to do that is a lock file too, whose name follows from what is removed: of many who judge
 * the same file one removes it, and never a file that came after it.
 */
async function take(folder: string, path: string, me: Holder, options: LockOptions): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await createLock(path, me)) return;
    const seen = await readLock(path);
    if (seen === null) continue;
    const holder = parseHolder(seen.text);
    // A network disk may have done what it said it could not.
    if (holder?.id === me.id) return;
    // Without hard links a lock may be seen half written: look again before judging.
    if (holder === null && attempt < 5) {
      await setTimeout(20);
      continue;
    }
    const standing = holder === null ? "dead" : standingOf(holder);
    if (holder !== null && standing === "alive") throw inUse(folder, path, holder);
    const last =
      holder !== null && standing === "unseen"
        ? await lapsed(folder, path, seen, holder, options)
        : seen;
    if (last !== null) await removeLock(folder, path, last, me, options);
  }
  throw new FolderInUseError(`${folder} is in use by another process.`);
}

/** Removes a lock file, if it is still as it was judged. */
async function removeLock(
  folder: string,
  path: string,
  judged: SeenLock,
  me: Holder,
  options: LockOptions,
): Promise<void> {
  const mark = createHash("sha256").update(judged.text).digest("hex").slice(0, 16);
  const right = `${path}.${mark}`;
  await take(folder, right, me, options);
  try {
    const now = await readLock(path);
    if (now?.stamp === judged.stamp) await unlink(path);
  } finally {
    await removeOwnLock(right, me);
  }
}

/**
 * Waits until a lock was seen unrenewed for its lease.
 *
 * @returns the lock as it was seen then; null if it is gone
 * @throws FolderInUseError if it is renewed, or may not be taken over
 */
async function lapsed(
  folder: string,
  path: string,
  first: SeenLock,
  holder: Holder,
  { takeOver = false, signal, onWait }: LockOptions,
): Promise<SeenLock | null> {
  const { lease } = holder;
  const mayTake = takeOver || mayBeOfEarlierBoot(holder);
  if (!mayTake || lease === undefined) throw inUse(folder, path, holder);
  const watch = new LeaseWatch();
  watch.look(first.stamp, performance.now());
  const who = holderText(holder);
  onWait?.(
    `Waiting up to ${Math.ceil(lease / 1000)} s for the lease that ${who} has on ${folder}.`,
  );
  for (;;) {
    await setTimeout(Math.min(lookEvery, lease / 4), undefined, { signal }).catch(() => {});
    signal?.throwIfAborted();
    const now = performance.now();
    const seen = await readLock(path);
    if (seen === null) return null;
    const unchanged = watch.look(seen.stamp, now);
    if (watch.changes > 0) {
      throw new FolderInUseError(
        `${folder} is in use by ${who}, which renews its lock; stop it first.`,
      );
    }
    if (unchanged >= lease) return seen;
  }
}

function inUse(folder: string, path: string, holder: Holder): FolderInUseError {
  const who = `${folder} is in use by ${holderText(holder)}`;
  if (standingOf(holder) === "alive") return new FolderInUseError(`${who}; stop it first.`);
  return new FolderInUseError(
    holder.lease === undefined
      ? `${who}; if that has ended, delete ${path}.`
      : `${who}; if that has ended, --take-over takes it over once its lease has run out.`,
  );
}
