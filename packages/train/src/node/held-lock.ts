import { utimes } from "node:fs/promises";
import { FolderLostError } from "./folder-error";
import { type Holder, holderText, type OwnHolder, parseHolder } from "./holder";
import { readLock, removeOwnLock } from "./lock-file";

/** A run folder that belongs to this process until it is released, or taken over. */
export interface Lock {
  /** Aborted, with a `FolderLostError`, once the folder was seen to belong to another process. */
  readonly lost: AbortSignal;
  /**
   * Checks that the folder is still this process's; to be asked before each change.
   *
   * @throws FolderLostError if another process has taken it over, or its lock file is gone
   */
  check(): Promise<void>;
  /** Gives the folder back. */
  release(): Promise<void>;
}

/** Renewals within a lease: some may be late, or fail. */
const renewals = 6;

/** A lock file that this process has made, and renews. */
export class HeldLock implements Lock {
  readonly #folder: string;
  readonly #path: string;
  readonly #me: OwnHolder;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #renewed = 0;

  constructor(folder: string, path: string, me: OwnHolder) {
    this.#folder = folder;
    this.#path = path;
    this.#me = me;
    const renew = () => void this.#renew().catch(() => {});
    this.#timer = setInterval(renew, me.lease / renewals).unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async check(): Promise<void> {
    this.lost.throwIfAborted();
    const found = await readLock(this.#path);
    const holder = found && parseHolder(found.text);
    if (holder?.id === this.#me.id) return;
    clearInterval(this.#timer);
    this.#lost.abort(new FolderLostError(lostText(this.#folder, this.#path, holder)));
    this.lost.throwIfAborted();
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    await removeOwnLock(this.#path, this.#me);
  }

  /** Gives the file a later time. It need not be the right one, only another than before. */
  async #renew(): Promise<void> {
    await this.check();
    // Some file systems keep times to two seconds, and this machine's clock may be set back.
    this.#renewed = Math.max(Date.now(), this.#renewed + 2_000);
    const time = new Date(this.#renewed);
    await utimes(this.#path, time, time);
  }
}

function lostText(folder: string, path: string, holder: Holder | null): string {
  return holder === null
    ? `${folder} may belong to another process, as ${path} is gone; this process has stopped writing to it.`
    : `${folder} was taken over by ${holderText(holder)}; this process has stopped writing to it.`;
}
