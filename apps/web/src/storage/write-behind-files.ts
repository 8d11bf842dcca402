import type { RunFiles } from "@grok/train";

/**
 * Files whose appends are made while training continues, in their order and several at a time. All
 * else waits for them, so that what is on the disk is what the run was at some instant; what an append
 * that failed threw, the next call throws.
 */
export class WriteBehindFiles implements RunFiles {
  readonly #files: RunFiles;
  #waiting: { name: string; text: string }[] = [];
  #writing: Promise<void> | null = null;
  #failure: { error: unknown } | null = null;

  constructor(files: RunFiles) {
    this.#files = files;
  }

  get folder(): string {
    return this.#files.folder;
  }

  path(name: string): string {
    return this.#files.path(name);
  }

  async listCheckpoints(): Promise<string[]> {
    await this.#settle();
    return this.#files.listCheckpoints();
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    await this.#settle();
    return this.#files.read(name);
  }

  async write(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#settle();
    await this.#files.write(name, content);
  }

  /** Resolves when the text is sure to be added before anything else is done with the files. */
  async append(name: string, text: string): Promise<void> {
    this.#throwFailure();
    const last = this.#waiting.at(-1);
    if (last?.name === name) last.text += text;
    else this.#waiting.push({ name, text });
    this.#writing ??= this.#writeAll();
  }

  async rename(name: string, newName: string): Promise<void> {
    await this.#settle();
    await this.#files.rename(name, newName);
  }

  async remove(name: string): Promise<void> {
    await this.#settle();
    await this.#files.remove(name);
  }

  async removeUnfinished(): Promise<void> {
    await this.#settle();
    await this.#files.removeUnfinished();
  }

  async close(): Promise<void> {
    try {
      await this.#settle();
    } finally {
      await this.#files.close();
    }
  }

  async #writeAll(): Promise<void> {
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        await this.#files.append(next.name, next.text);
      }
    } catch (error) {
      this.#waiting = [];
      this.#failure = { error };
    } finally {
      this.#writing = null;
    }
  }

  async #settle(): Promise<void> {
    await this.#writing;
    this.#throwFailure();
  }

  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure.error;
  }
}
