import type { ReadableFiles, RunFiles } from "@grok/train";
import { MemoryFiles } from "./memory-files";
import { noneIfMissing, OpfsFiles } from "./opfs-files";
import { lockRun } from "./run-lock";
import { SpillingFiles } from "./spilling-files";
import { WriteBehindFiles } from "./write-behind-files";

/** What the page remembers of a run beside its folder's files. */
export interface RunLabel {
  /** The name of its folder. */
  id: string;
  /** What people call it. */
  name: string;
  /** When it was begun or brought here, in milliseconds since 1970. */
  begun: number;
  /** The run that it was branched from here; null if it was not, or nobody knows. */
  parent: string | null;
}

const labelName = ".page.json";

/**
 * The runs that the browser keeps: a folder each in the origin's private file system, under `runs/`,
 * as the command writes them, with one more file that has the run's name.
 */
export class Library {
  readonly #root: FileSystemDirectoryHandle | null;
  /** Why nothing is kept; null if runs are. */
  readonly problem: string | null;
  /** Runs that are in memory alone, or continue there further than they are stored. */
  readonly #unkept = new Map<string, { label: RunLabel; files: MemoryFiles }>();

  private constructor(root: FileSystemDirectoryHandle | null, problem: string | null) {
    this.#root = root;
    this.problem = problem;
  }

  /** The library of this origin. Where the browser gives no storage, one that lasts as long as the worker. */
  static async open(): Promise<Library> {
    try {
      const origin = await navigator.storage.getDirectory();
      return new Library(await origin.getDirectoryHandle("runs", { create: true }), null);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return new Library(
        null,
        `This browser keeps no files for this page (${reason}), so runs are lost when it is closed; export what you want to keep.`,
      );
    }
  }

  /** Every run, the newest first. */
  async list(): Promise<RunLabel[]> {
    const labels = [...this.#unkept.values()].map(({ label }) => label);
    for await (const [id, handle] of this.#root?.entries() ?? []) {
      if (handle.kind !== "directory" || this.#unkept.has(id)) continue;
      labels.push(await this.#label(id));
    }
    return labels.sort((a, b) => b.begun - a.begun || (a.id < b.id ? -1 : 1));
  }

  /** A new folder, locked for writing. */
  async create(
    name: string,
    onFull: (error: unknown) => void,
    parent: string | null = null,
  ): Promise<[RunLabel, RunFiles]> {
    const label: RunLabel = { id: crypto.randomUUID(), name, begun: Date.now(), parent };
    if (this.#root !== null) {
      try {
        await this.#root.getDirectoryHandle(label.id, { create: true });
        await this.#setLabel(label);
        return [label, await this.write(label.id, onFull)];
      } catch (error) {
        await this.#root.removeEntry(label.id, { recursive: true }).catch(noneIfMissing);
        onFull(error);
      }
    }
    const files = new MemoryFiles(name);
    this.#unkept.set(label.id, { label, files });
    return [label, files];
  }

  /** A run's files, to be read only. */
  async read(id: string): Promise<ReadableFiles> {
    const unkept = this.#unkept.get(id);
    if (unkept !== undefined) return unkept.files;
    return this.#stored(id);
  }

  /** The content of all of a run's files by their names, except what is damaged or unfinished. */
  async files(id: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
    const files = this.#unkept.get(id)?.files ?? (await this.#stored(id));
    const contents = new Map<string, Uint8Array<ArrayBuffer>>();
    // The checkpoints first: of a run that continues meanwhile, the metrics then have all their records.
    const names = (await files.list()).sort(
      (a, b) => Number(b.includes("/")) - Number(a.includes("/")),
    );
    for (const name of names) {
      if (/(^|\/)\./.test(name) || name.endsWith(".damaged")) continue;
      const bytes = await files.read(name);
      // A checkpoint may have been dropped for a newer one since.
      if (bytes !== null) contents.set(name, bytes);
    }
    return contents;
  }

  /** A run's files, locked for writing until they are closed. */
  async write(id: string, onFull: (error: unknown) => void): Promise<RunFiles> {
    const unkept = this.#unkept.get(id);
    if (unkept !== undefined) return unkept.files;
    const label = await this.#label(id);
    const { name } = label;
    const lock = await lockRun(id);
    if (lock === null) {
      throw new Error(`${name} is being trained in another tab; pause it there first.`);
    }
    const files = new OpfsFiles(await this.#folder(id), name, () => lock.release());
    const spilling = new SpillingFiles(files, (error, copies) => {
      this.#unkept.set(id, { label, files: copies });
      onFull(error);
    });
    return new WriteBehindFiles(spilling);
  }

  /** Gives a run another name. */
  async rename(id: string, name: string): Promise<void> {
    const unkept = this.#unkept.get(id);
    if (unkept !== undefined) unkept.label.name = name;
    else await this.#setLabel({ ...(await this.#label(id)), name });
  }

  /** Removes a run for good. */
  async remove(id: string): Promise<void> {
    this.#unkept.delete(id);
    const lock = await lockRun(id);
    if (lock === null) throw new Error("The run is being trained in another tab; pause it first.");
    try {
      await this.#root?.removeEntry(id, { recursive: true }).catch(noneIfMissing);
    } finally {
      lock.release();
    }
  }

  async #stored(id: string): Promise<OpfsFiles> {
    return new OpfsFiles(await this.#folder(id), (await this.#label(id)).name);
  }

  async #folder(id: string): Promise<FileSystemDirectoryHandle> {
    const folder = await this.#root?.getDirectoryHandle(id).catch(noneIfMissing);
    if (!folder) throw new Error("There is no such run in this browser; it may have been deleted.");
    return folder;
  }

  async #label(id: string): Promise<RunLabel> {
    const files = new OpfsFiles(await this.#folder(id), id);
    const bytes = await files.read(labelName);
    try {
      const { name, begun, parent } = JSON.parse(new TextDecoder().decode(bytes ?? undefined));
      if (typeof name === "string" && Number.isFinite(begun)) {
        return { id, name, begun, parent: typeof parent === "string" ? parent : null };
      }
    } catch {
      // A crash can only have come before the label was written; the run is there all the same.
    }
    return { id, name: `Run ${id.slice(0, 8)}`, begun: 0, parent: null };
  }

  async #setLabel({ id, name, begun, parent }: RunLabel): Promise<void> {
    const files = new OpfsFiles(await this.#folder(id), name);
    await files.write(labelName, JSON.stringify({ name, begun, parent }));
  }
}
