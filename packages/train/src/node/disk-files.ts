import { readdir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dataName } from "../data-file/reference";
import { extensionsName } from "../extension/name";
import type { RunFiles } from "../run/files";
import { byteLimit } from "../run/limits";
import { checkpointsName } from "../run/names";
import { AppendedFile } from "./appended-file";
import { flushFolder, removeUnfinished, writeFileAtomic } from "./atomic-file";
import type { Lock } from "./held-lock";
import { makeFolder } from "./make-folder";
import { checkFolder, readRegularFile } from "./regular-file";

/**
 * The files of a run in a folder on this machine's disk. The folder itself may be a link; what lies
 * in it may not, and is refused with a `RunError`: no name of a run leads out of its folder.
 */
export class DiskFiles implements RunFiles {
  readonly folder: string;
  readonly #lock: Lock | undefined;
  readonly #open = new Map<string, AppendedFile>();

  /** @param lock taken on the folder before; closing the files releases it */
  constructor(folder: string, lock?: Lock) {
    this.folder = folder;
    this.#lock = lock;
  }

  get lost(): AbortSignal | undefined {
    return this.#lock?.lost;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async listCheckpoints(): Promise<string[]> {
    await checkFolder(this.path(checkpointsName));
    const names = await readdir(this.path(checkpointsName)).catch(noneIfMissing);
    return (names ?? []).map((name) => `${checkpointsName}/${name}`);
  }

  /** The files of its extensions, as they lie there. */
  async listExtensions(): Promise<string[]> {
    await checkFolder(this.path(extensionsName));
    const names = await readdir(this.path(extensionsName)).catch(noneIfMissing);
    return (names ?? []).map((name) => `${extensionsName}/${name}`);
  }

  /** Its data files, as they lie there. */
  async listData(): Promise<string[]> {
    await checkFolder(this.path(dataName));
    const names = await readdir(this.path(dataName)).catch(noneIfMissing);
    return (names ?? []).map((name) => `${dataName}/${name}`);
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const path = this.path(name);
    if (dirname(name) !== ".") await checkFolder(dirname(path));
    return readRegularFile(path, byteLimit(name)).catch(noneIfMissing);
  }

  async check(): Promise<void> {
    await this.#lock?.check();
    for (const file of this.#open.values()) await file.check();
  }

  async write(name: string, content: string | Uint8Array): Promise<void> {
    await this.#lock?.check();
    await this.#closeFile(name);
    const path = this.path(name);
    if (dirname(name) !== ".") await checkFolder(dirname(path));
    await makeFolder(dirname(path));
    await writeFileAtomic(path, content, () => this.#lock?.check());
  }

  async append(name: string, text: string): Promise<void> {
    await this.#lock?.check();
    let file = this.#open.get(name);
    if (file === undefined) {
      file = await AppendedFile.open(this.path(name));
      this.#open.set(name, file);
      await flushFolder(this.folder);
    }
    await file.append(text);
  }

  /** Gives a file another name, and replaces what has it. */
  async rename(name: string, newName: string): Promise<void> {
    await this.#lock?.check();
    await rename(this.path(name), this.path(newName));
  }

  async remove(name: string): Promise<void> {
    await this.#lock?.check();
    await this.#closeFile(name);
    await unlink(this.path(name)).catch(noneIfMissing);
  }

  async removeUnfinished(): Promise<void> {
    await removeUnfinished(this.folder);
    for (const folder of [checkpointsName, extensionsName]) {
      await removeUnfinished(this.path(folder)).catch(noneIfMissing);
    }
  }

  async close(): Promise<void> {
    for (const name of this.#open.keys()) await this.#closeFile(name);
    await this.#lock?.release();
  }

  async #closeFile(name: string): Promise<void> {
    await this.#open.get(name)?.close();
    this.#open.delete(name);
  }
}

function noneIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}
