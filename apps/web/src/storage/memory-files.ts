import type { RunFiles } from "@grok/train";

/** The files of a run that is not kept: if there is no storage, or no room left in it. */
export class MemoryFiles implements RunFiles {
  readonly folder: string;
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();

  constructor(folder: string, files: Iterable<[string, Uint8Array<ArrayBuffer>]> = []) {
    this.folder = folder;
    this.#files = new Map(files);
  }

  path(name: string): string {
    return `${this.folder}/${name}`;
  }

  /** The names of all files. */
  async list(): Promise<string[]> {
    return [...this.#files.keys()];
  }

  async listCheckpoints(): Promise<string[]> {
    return [...this.#files.keys()].filter((name) => name.startsWith("checkpoints/"));
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#files.get(name) ?? null;
  }

  async write(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    this.#files.set(name, bytes);
  }

  async append(name: string, text: string): Promise<void> {
    const before = this.#files.get(name) ?? new Uint8Array();
    const more = new TextEncoder().encode(text);
    const bytes = new Uint8Array(before.length + more.length);
    bytes.set(before);
    bytes.set(more, before.length);
    this.#files.set(name, bytes);
  }

  async rename(name: string, newName: string): Promise<void> {
    const bytes = this.#files.get(name);
    if (bytes === undefined) throw new Error(`There is no ${this.path(name)}.`);
    this.#files.delete(name);
    this.#files.set(newName, bytes);
  }

  async remove(name: string): Promise<void> {
    this.#files.delete(name);
  }

  async removeUnfinished(): Promise<void> {}

  async close(): Promise<void> {}
}
