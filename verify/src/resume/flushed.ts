import {
  fstatSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** The names in a folder, with what they stand for. */
type Names = Map<string, { inode: number; isFolder: boolean }>;

/** What of a folder is on the disk for sure, as far as flushing tells, and not only in memory. */
export class Flushed {
  readonly #root: string;
  /** Contents by inode, of what was flushed. */
  readonly #contents = new Map<number, Buffer>();
  /** Names by folder, of what was flushed. */
  readonly #names = new Map<string, Names>();

  /** @param root all that is in it now counts as flushed */
  constructor(root: string) {
    this.#root = root;
    for (const path of this.#foldersOf(root)) {
      this.folder(path);
      for (const name of readdirSync(path)) {
        const at = lstatSync(join(path, name));
        if (at.isFile()) this.#contents.set(at.ino, readFileSync(join(path, name)));
      }
    }
  }

  /** An open file was flushed. */
  file(descriptor: number, path: string): void {
    const at = fstatSync(descriptor);
    if (at.isDirectory()) this.folder(path);
    else this.#contents.set(at.ino, readFileSync(path));
  }

  /** A folder's names were flushed. */
  folder(path: string): void {
    this.#names.set(path, this.#namesNow(path));
  }

  /**
   * Leaves of the folder what a loss of power would.
   *
   * @param names `late`: those flushed last; `early`: those of now
   */
  lose(names: "late" | "early"): void {
    const folders =
      names === "late"
        ? this.#names
        : new Map(this.#foldersOf(this.#root).map((path) => [path, this.#namesNow(path)]));
    rmSync(this.#root, { recursive: true });
    this.#restore(this.#root, folders);
  }

  #restore(path: string, folders: Map<string, Names>): void {
    mkdirSync(path);
    for (const [name, { inode, isFolder }] of folders.get(path) ?? []) {
      const child = join(path, name);
      if (isFolder) this.#restore(child, folders);
      else writeFileSync(child, this.#contents.get(inode) ?? "");
    }
  }

  #namesNow(path: string): Names {
    return new Map(
      readdirSync(path).map((name) => {
        const at = lstatSync(join(path, name));
        return [name, { inode: at.ino, isFolder: at.isDirectory() }];
      }),
    );
  }

  #foldersOf(path: string): string[] {
    const inner = readdirSync(path, { withFileTypes: true }).filter((each) => each.isDirectory());
    return [path, ...inner.flatMap(({ name }) => this.#foldersOf(join(path, name)))];
  }
}
