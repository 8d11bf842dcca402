import { execFile } from "node:child_process";
import { statfsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A file system of its own in a folder, small enough to be filled: Linux's tmpfs. */
export class SmallDisk {
  readonly folder: string;
  readonly #filler: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.#filler = join(folder, ".filler");
  }

  /**
   * Makes one of 8 MiB.
   *
   * @throws Error in a sentence where this process may not
   */
  static async at(folder: string): Promise<SmallDisk> {
    try {
      await run("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder]);
    } catch (error) {
      throw new Error("It needs a file system of its own, which only root on Linux may make.", {
        cause: error,
      });
    }
    return new SmallDisk(folder);
  }

  /** Leaves this many bytes free, in pages of 4 KiB. */
  async fill(left: number): Promise<void> {
    await this.free();
    const { bavail, bsize } = statfsSync(this.folder);
    await writeFile(this.#filler, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  }

  /** Frees what {@link fill} took. */
  async free(): Promise<void> {
    await rm(this.#filler, { force: true });
  }

  /** Makes it one that can only be read, or lets it be written again. */
  async setReadOnly(on: boolean): Promise<void> {
    await run("mount", ["-o", `remount,${on ? "ro" : "rw"}`, this.folder]);
  }

  /** Gives it back, with all that is on it. */
  async release(): Promise<void> {
    await run("umount", [this.folder]);
  }
}
