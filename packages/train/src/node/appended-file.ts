import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { RunError } from "../run/error";

// "a", but not through a link; Windows lacks the last one, and undefined counts as 0 here.
const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = constants;
const appendOnly = O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW;

/**
 * A file that lines are added to while it stays open. Before each line it checks that the name still
 * is this file, and that nobody else has written to it: lines of a file that was removed or replaced
 * would be lost without a word.
 */
export class AppendedFile {
  readonly #path: string;
  readonly #file: FileHandle;
  #size: bigint;

  private constructor(path: string, file: FileHandle, size: bigint) {
    this.#path = path;
    this.#file = file;
    this.#size = size;
  }

  /** Opens a file to add to its end, which is made if there is none. */
  static async open(path: string): Promise<AppendedFile> {
    const file = await open(path, appendOnly);
    const { size } = await file.stat({ bigint: true });
    return new AppendedFile(path, file, size);
  }

  /**
   * Adds text at the end; resolves once it would survive a crash.
   *
   * @throws RunError as {@link check}, with nothing added
   */
  async append(text: string): Promise<void> {
    await this.check();
    await this.#file.appendFile(text);
    await this.#file.datasync();
    this.#size += BigInt(Buffer.byteLength(text));
  }

  /** Throws a `RunError` if the name is another file now, or another process has written to it. */
  async check(): Promise<void> {
    const [own, named] = await Promise.all([
      this.#file.stat({ bigint: true }),
      lstat(this.#path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
        throw error;
      }),
    ]);
    if (named?.ino !== own.ino || named.dev !== own.dev) {
      const what = named === null ? "removed" : "replaced";
      throw new RunError(
        `${this.#path} was ${what} while this run wrote to it; restore the file, and the run can be continued from its last checkpoint.`,
      );
    }
    if (own.size !== this.#size) {
      throw new RunError(
        `${this.#path} has ${own.size} bytes, but this run has written ${this.#size}: something else writes to it. Restore the file, and the run can be continued from its last checkpoint.`,
      );
    }
  }

  /** Closes the file. */
  async close(): Promise<void> {
    await this.#file.close();
  }
}
