import { type FSWatcher, watch } from "node:fs";

/** Reports changes in folders, as far as the system reports them. */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onChange: (folder: string) => void;

  /** @param onChange is given the folder in which something changed */
  constructor(onChange: (folder: string) => void) {
    this.#onChange = onChange;
  }

  /** Begins to watch a folder. Where that cannot be, as on a system with its fill of watches, nothing happens. */
  add(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, () => this.#onChange(folder));
      watcher.on("error", () => this.remove(folder));
      this.#watchers.set(folder, watcher);
    } catch {
      // Each request checks some folders in turn as well.
    }
  }

  remove(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  close(): void {
    for (const folder of this.#watchers.keys()) this.remove(folder);
  }
}
