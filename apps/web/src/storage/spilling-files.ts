import type { RunFiles } from "@grok/train";
import { MemoryFiles } from "./memory-files";

/** Files whose names can be had, all of them. */
type StoredFiles = RunFiles & { list(): Promise<string[]> };

/**
 * Files that continue in memory when the storage takes no more. What was stored before stays as it is,
 * and is a whole run up to there.
 */
export class SpillingFiles implements RunFiles {
  #files: RunFiles;
  readonly #stored: StoredFiles;
  readonly #onFull: (error: unknown, files: MemoryFiles) => void;

  /** @param onFull called once, with what the storage threw and the files that continue in memory */
  constructor(stored: StoredFiles, onFull: (error: unknown, files: MemoryFiles) => void) {
    this.#stored = stored;
    this.#files = stored;
    this.#onFull = onFull;
  }

  get folder(): string {
    return this.#stored.folder;
  }

  path(name: string): string {
    return this.#stored.path(name);
  }

  listCheckpoints(): Promise<string[]> {
    return this.#files.listCheckpoints();
  }

  read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#files.read(name);
  }

  write(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#try((files) => files.write(name, content));
  }

  append(name: string, text: string): Promise<void> {
    return this.#try((files) => files.append(name, text));
  }

  rename(name: string, newName: string): Promise<void> {
    return this.#try((files) => files.rename(name, newName));
  }

  remove(name: string): Promise<void> {
    return this.#try((files) => files.remove(name));
  }

  removeUnfinished(): Promise<void> {
    return this.#files.removeUnfinished();
  }

  async close(): Promise<void> {
    await this.#stored.close();
  }

  async #try(change: (files: RunFiles) => Promise<void>): Promise<void> {
    const files = this.#files;
    try {
      await change(files);
    } catch (error) {
      if (files !== this.#stored) throw error;
      const copies = await inMemory(this.#stored);
      this.#files = copies;
      this.#onFull(error, copies);
      await change(copies);
    }
  }
}

/** A copy of a run's files in memory. */
async function inMemory(files: StoredFiles): Promise<MemoryFiles> {
  // Not what was being written, nor what the page keeps beside it and can make again.
  const names = (await files.list()).filter((name) => !/(^|\/)\./.test(name));
  const copies: [string, Uint8Array<ArrayBuffer>][] = [];
  for (const name of names) {
    const bytes = await files.read(name);
    if (bytes !== null) copies.push([name, bytes]);
  }
  return new MemoryFiles(files.folder, copies);
}
