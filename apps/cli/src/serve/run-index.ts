import { lstat, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ServedRunList, systemRefusal } from "@grok/train/front-end";
import { isFolderInUse } from "@grok/train/node";
import pMap from "p-map";
import { FolderWatch } from "./folder-watch";
import { Listing } from "./listing";
import { foundPlace, type ServedPlace } from "./served-place";
import { readContent, signatureOf } from "./served-run";

/** How far below the served folder runs lie at most: a sweep's are in sweeps/NAME/runs/RUN. */
const maxDepth = 4;

/** The most folders that are looked into, so that a whole disk does not stop the server. */
const maxFolders = 100_000;

/** Folders that are looked into at once; each takes a file descriptor or two. */
const atOnce = 16;

/** Folders that are looked at again at each asking though nothing was said of them. */
const byTurns = 64;

/** Milliseconds for which a folder that changed is looked at again at each asking. */
const liveFor = 60_000;

/** Of those, the most at one asking. */
const maxLive = 256;

/** Milliseconds that an asker waits for runs to be read. */
const patience = 5_000;

/**
 * The runs in a folder and below it, kept. A folder with a config.json is a run, in which no further
 * ones are sought; links are not followed, and hidden folders are left out. A served folder that is a
 * run itself is found under its own name.
 *
 * What changes is heard of by watching. As no system tells of every change (that of another machine
 * on a network disk, for one), at each asking the folders that changed in the last minute and runs in
 * use are looked at too, and some of the others by turns.
 */
export class RunIndex {
  readonly #root: string;
  readonly #listing = new Listing();
  /** By folder; those that were looked at longest ago come first. */
  readonly #places = new Map<string, ServedPlace>();
  readonly #runs = new Map<string, ServedPlace>();
  /** Folders in which something happened, or that could not be read. */
  readonly #due = new Set<string>();
  /** Why folders could not be read, by folder. */
  readonly #faults = new Map<string, string>();
  readonly #watch = new FolderWatch((folder) => this.#due.add(folder));
  #isFull = false;
  #current: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param root a folder, without links on the way to it */
  constructor(root: string) {
    this.#root = root;
    this.#add(foundPlace("", root, 0));
    this.#due.add(root);
    void this.update();
  }

  /**
   * The runs as they are now, or what of them changed since a version.
   *
   * @param since a version that this gave before
   */
  async list(since: string | null = null): Promise<ServedRunList> {
    const isRead = await this.#updateSoon();
    const problem = this.#problem(isRead);
    return { isWhole: problem === null, problem, ...this.#listing.since(since) };
  }

  /** A run's folder by its name, looked up directly; undefined if there is no such run. */
  async folderOf(name: string): Promise<string | undefined> {
    const known = this.#runs.get(name);
    if (known !== undefined) return known.folder;
    // One that was just begun may not have been heard of: its parents are looked into.
    const parts = name.split("/");
    if (parts.length > maxDepth || parts.some((part) => part === "" || isHidden(part))) return;
    for (let length = 0; length < parts.length; length++) {
      const folder = join(this.#root, ...parts.slice(0, length + 1));
      const isFolder = await lstat(folder).then(
        (stats) => stats.isDirectory(),
        () => false,
      );
      if (!isFolder) return;
      if (this.#places.has(dirname(folder))) this.#due.add(dirname(folder));
    }
    // One of very many may be known and not yet read: it does not wait for the others.
    const place = this.#places.get(join(this.#root, ...parts));
    for (const found of place === undefined ? [] : await this.#check(place)) {
      this.#add(found);
      this.#due.add(found.folder);
    }
    if (!this.#runs.has(name)) await this.#updateSoon();
    return this.#runs.get(name)?.folder;
  }

  /** Ends the watching. */
  close(): void {
    this.#watch.close();
  }

  /** Waits a while until all is read that was to be read when this was asked; false if it was not. */
  async #updateSoon(): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), patience);
    });
    const isRead = await Promise.race([this.update().then(() => true), tooLong]);
    clearTimeout(timer);
    return isRead;
  }

  /** Brings the index up to date; what happens after the call may be left for the next one. */
  update(): Promise<void> {
    if (this.#current === undefined) {
      this.#current = this.#look().finally(() => {
        this.#current = undefined;
      });
      return this.#current;
    }
    this.#next ??= this.#current.then(() => {
      this.#next = undefined;
      return this.update();
    });
    return this.#next;
  }

  async #look(): Promise<void> {
    let folders = this.#chosen();
    while (folders.length > 0) {
      const found: ServedPlace[] = [];
      await pMap(
        folders,
        async (folder) => {
          const place = this.#places.get(folder);
          if (place !== undefined) found.push(...(await this.#check(place)));
        },
        { concurrency: atOnce },
      );
      for (const place of found) this.#add(place);
      folders = found.filter(({ folder }) => this.#places.has(folder)).map(({ folder }) => folder);
    }
  }

  /** Which folders to look at now. */
  #chosen(): string[] {
    const chosen = new Set(this.#due);
    this.#due.clear();
    const since = performance.now() - liveFor;
    let live = 0;
    let turns = 0;
    for (const [folder, { isRun, isInUse, changed }] of this.#places) {
      if (isInUse || !isRun || changed > since) {
        if (live++ < maxLive) chosen.add(folder);
      } else if (turns < byTurns) {
        turns++;
        chosen.add(folder);
      }
    }
    return [...chosen];
  }

  /** Looks at a folder, and into it if it has changed. Gives the folders that it newly found there. */
  async #check(place: ServedPlace): Promise<ServedPlace[]> {
    const { folder } = place;
    // Now the one looked at last.
    if (this.#places.delete(folder)) this.#places.set(folder, place);
    try {
      const own = await lstat(folder, { bigint: true });
      if (!own.isDirectory()) return this.#forget(place);
      const ownSignature = `${own.ino}-${own.mtimeNs}-${own.ctimeNs}`;
      const signature = `${ownSignature},${place.isRun ? await signatureOf(folder) : ""}`;
      const isSame = signature === place.signature && !this.#faults.has(folder);
      const isInUse = place.isRun && (await isFolderInUse(folder));
      if (isSame && isInUse === place.isInUse) return [];
      place.changed = performance.now();
      place.isInUse = isInUse;
      const found = isSame ? [] : await this.#read(place, ownSignature);
      this.#faults.delete(folder);
      this.#tell(place);
      return found;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR") return this.#forget(place);
      this.#faults.set(folder, reasonOf(error));
      this.#due.add(folder);
      return [];
    }
  }

  async #read(place: ServedPlace, ownSignature: string): Promise<ServedPlace[]> {
    const { name, folder, depth, children } = place;
    const entries = await readdir(folder, { withFileTypes: true });
    const isRun = entries.some((entry) => entry.name === "config.json" && entry.isFile());
    // Before the reading: what changes meanwhile is read next time.
    place.signature = `${ownSignature},${isRun ? await signatureOf(folder) : ""}`;
    if (isRun) {
      place.content = await readContent(folder);
      place.isInUse = await isFolderInUse(folder);
    }
    place.isRun = isRun;
    const subs = isRun || depth === maxDepth ? [] : entries.filter((each) => each.isDirectory());
    const there = new Map(
      subs
        .filter((sub) => !isHidden(sub.name))
        .map((sub) => [join(folder, sub.name), name === "" ? sub.name : `${name}/${sub.name}`]),
    );
    for (const child of children) {
      const gone = there.has(child) ? undefined : this.#places.get(child);
      if (gone !== undefined) this.#forget(gone);
    }
    return [...there]
      .filter(([sub]) => !this.#places.has(sub))
      .map(([sub, subName]) => foundPlace(subName, sub, depth + 1));
  }

  #tell({ isRun, name, folder, content, isInUse }: ServedPlace): void {
    const shown = name === "" ? basename(this.#root) : name;
    const place = this.#places.get(folder);
    if (!isRun || content === null || place === undefined) {
      this.#runs.delete(shown);
      this.#listing.remove(shown);
      return;
    }
    this.#runs.set(shown, place);
    this.#listing.set({ name: shown, ...content, isInUse });
  }

  #add(place: ServedPlace): void {
    if (this.#places.has(place.folder)) return;
    if (this.#places.size >= maxFolders) {
      this.#isFull = true;
      return;
    }
    this.#places.set(place.folder, place);
    this.#places.get(dirname(place.folder))?.children.add(place.folder);
    this.#watch.add(place.folder);
  }

  #forget(place: ServedPlace): [] {
    const { folder } = place;
    for (const child of place.children) {
      const below = this.#places.get(child);
      if (below !== undefined) this.#forget(below);
    }
    this.#places.get(dirname(folder))?.children.delete(folder);
    this.#watch.remove(folder);
    this.#faults.delete(folder);
    place.isRun = false;
    place.signature = null;
    this.#tell(place);
    // The served folder itself is looked for again, should it come back.
    if (folder === this.#root) this.#faults.set(folder, "it does not exist");
    else this.#places.delete(folder);
    return [];
  }

  #problem(isRead: boolean): string | null {
    const [first] = this.#faults;
    if (first !== undefined) {
      const [folder, reason] = first;
      const name = folder === this.#root ? "The served folder" : this.#places.get(folder)?.name;
      const more = this.#faults.size - 1;
      const others = more === 0 ? "" : `, nor ${more === 1 ? "one other" : `${more} others`}`;
      return `${name} cannot be read now (${reason})${others}; it is tried again.`;
    }
    if (!isRead) return `The runs are still being read: ${this.#listing.size} so far.`;
    if (!this.#isFull) return null;
    return `There are more than ${maxFolders.toLocaleString("en")} folders; the others are not looked into.`;
  }
}

function isHidden(name: string): boolean {
  return /^\.|^node_modules$/.test(name);
}

/** What the system refused, without where. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return systemRefusal({ code })?.reason ?? message;
}
