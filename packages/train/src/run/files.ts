/**
 * The files of one run, wherever they lie: in a folder on a disk, in a browser's storage. Names are
 * relative to the folder, with `/` between: `checkpoints/step-00001000.safetensors`.
 *
 * What changes a file resolves once the change would survive a crash.
 */
export interface RunFiles {
  /** How errors call the folder. */
  readonly folder: string;
  /** How errors call a file of it. */
  path(name: string): string;
  /** The names of the checkpoint folder's files, in any order; none if there is no such folder. */
  listCheckpoints(): Promise<string[]>;
  /** A file's bytes; null if there is none of that name. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Replaces a file so that a crash at any instant leaves the old one or the new one, whole. */
  write(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<void>;
  /** Adds to the end of a file in one piece, so that a crash tears no line but the last. */
  append(name: string, text: string): Promise<void>;
  /** Gives a file another name, and replaces what has it. */
  rename(name: string, newName: string): Promise<void>;
  /** Does nothing if there is no such file. */
  remove(name: string): Promise<void>;
  /**
   * Checks that the files are still this writer's, and that what it adds to is still what its name
   * says. Files without it can be nobody else's.
   */
  check?(): Promise<void>;
  /** Aborted, with the reason, once they were seen to be another writer's. */
  readonly lost?: AbortSignal | undefined;
  /** Removes what crashes left of files that were being written. */
  removeUnfinished(): Promise<void>;
  /** Gives everything free that was held for writing. */
  close(): Promise<void>;
}
