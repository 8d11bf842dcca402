import type { RunFiles } from "@grok/train";

/** A file of the origin's private file system; TypeScript's types lack what every engine has. */
type PrivateFile = FileSystemFileHandle & { move(name: string): Promise<void> };

const temporary = /^\..+\.tmp$/;

/**
 * The files of a run in the browser's private file system (OPFS). Only a worker can write there with
 * a flush, so that a tab or browser that dies at any instant loses nothing written before.
 */
export class OpfsFiles implements RunFiles {
  readonly folder: string;
  readonly #root: FileSystemDirectoryHandle;
  readonly #onClose: () => void;

  /** @param folder what messages call it */
  constructor(root: FileSystemDirectoryHandle, folder: string, onClose: () => void = () => {}) {
    this.#root = root;
    this.folder = folder;
    this.#onClose = onClose;
  }

  path(name: string): string {
    return `${this.folder}/${name}`;
  }

  /** The names of all files. */
  async list(): Promise<string[]> {
    const names: string[] = [];
    for await (const [name, handle] of this.#root.entries()) {
      if (handle.kind === "file") names.push(name);
      else {
        const inside = await namesIn(await this.#root.getDirectoryHandle(name));
        names.push(...inside.map((each) => `${name}/${each}`));
      }
    }
    return names;
  }

  async listCheckpoints(): Promise<string[]> {
    const folder = await this.#root.getDirectoryHandle("checkpoints").catch(noneIfMissing);
    if (folder === null) return [];
    return (await namesIn(folder)).map((name) => `checkpoints/${name}`);
  }

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const { folder, base } = await this.#locate(name, false);
    const handle = await folder?.getFileHandle(base).catch(noneIfMissing);
    if (!handle) return null;
    return new Uint8Array(await (await handle.getFile()).arrayBuffer());
  }

  async write(name: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
    const { folder, base } = await this.#locate(name, true);
    const unfinished = `.${base}.${crypto.randomUUID()}.tmp`;
    const handle = await privateFile(folder, unfinished, true);
    try {
      await writeAt(handle, bytesOf(content), "start");
      await handle.move(base);
    } catch (error) {
      await folder?.removeEntry(unfinished).catch(() => {});
      throw error;
    }
  }

  async append(name: string, text: string): Promise<void> {
    const { folder, base } = await this.#locate(name, true);
    await writeAt(await privateFile(folder, base, true), bytesOf(text), "end");
  }

  async rename(name: string, newName: string): Promise<void> {
    const { folder, base } = await this.#locate(name, false);
    const handle = await privateFile(folder, base, false);
    await handle.move(newName.slice(newName.lastIndexOf("/") + 1));
  }

  async remove(name: string): Promise<void> {
    const { folder, base } = await this.#locate(name, false);
    await folder?.removeEntry(base).catch(noneIfMissing);
  }

  async removeUnfinished(): Promise<void> {
    const checkpoints = await this.#root.getDirectoryHandle("checkpoints").catch(noneIfMissing);
    for (const folder of [this.#root, checkpoints]) {
      if (folder === null) continue;
      for (const name of await namesIn(folder)) {
        if (temporary.test(name)) await folder.removeEntry(name);
      }
    }
  }

  async close(): Promise<void> {
    this.#onClose();
  }

  async #locate(
    name: string,
    create: boolean,
  ): Promise<{ folder: FileSystemDirectoryHandle | null; base: string }> {
    const parts = name.split("/");
    const base = parts.pop() as string;
    let folder: FileSystemDirectoryHandle | null = this.#root;
    for (const part of parts) {
      folder = await folder.getDirectoryHandle(part, { create }).catch(noneIfMissing);
      if (folder === null) break;
    }
    return { folder, base };
  }
}

async function privateFile(
  folder: FileSystemDirectoryHandle | null,
  name: string,
  create: boolean,
): Promise<PrivateFile> {
  return (await folder?.getFileHandle(name, { create })) as unknown as PrivateFile;
}

/** Writes so that the bytes have reached the storage when it resolves; all of them, or it throws. */
async function writeAt(
  handle: PrivateFile,
  bytes: Uint8Array<ArrayBuffer>,
  where: "start" | "end",
): Promise<void> {
  const file = await handle.createSyncAccessHandle();
  const at = where === "end" ? file.getSize() : 0;
  try {
    const written = file.write(bytes, { at });
    if (written !== bytes.length) {
      throw new DOMException("The browser's storage is full.", "QuotaExceededError");
    }
    if (where === "start") file.truncate(bytes.length);
    file.flush();
  } catch (error) {
    // A line half written would be taken for a torn one with others behind it.
    if (where === "end") file.truncate(at);
    throw error;
  } finally {
    file.close();
  }
}

function bytesOf(content: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}

/** For promises of what may not exist. */
export function noneIfMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === "NotFoundError") return null;
  throw error;
}
