import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { ServedRun, ServedRunList } from "@grok/train/front-end";

/** Runs that are gone and still told to those who had them, at most. */
const maxRemoved = 10_000;

/** The runs that are served, with when each changed, so that an asker is told only what is new. */
export class Listing {
  /** Tells this server's versions from those of one that ran before. */
  readonly #server = randomBytes(6).toString("hex");
  #version = 0;
  /** Before this version it is no longer known which runs went. */
  #oldest = 0;
  readonly #runs = new Map<string, { run: ServedRun; version: number }>();
  readonly #removed = new Map<string, number>();

  get size(): number {
    return this.#runs.size;
  }

  get(name: string): ServedRun | undefined {
    return this.#runs.get(name)?.run;
  }

  /** Notes a run as it is now. */
  set(run: ServedRun): void {
    if (isDeepStrictEqual(this.#runs.get(run.name)?.run, run)) return;
    this.#runs.set(run.name, { run, version: ++this.#version });
    this.#removed.delete(run.name);
  }

  /** Notes that a run is gone. */
  remove(name: string): void {
    if (!this.#runs.delete(name)) return;
    this.#removed.set(name, ++this.#version);
    for (const [gone, version] of this.#removed) {
      if (this.#removed.size <= maxRemoved) break;
      this.#removed.delete(gone);
      this.#oldest = version;
    }
  }

  /**
   * What has changed since a version that this gave, or all runs, the newest first.
   *
   * @param since a version; null, and any that is not known, for all
   */
  since(since: string | null): Pick<ServedRunList, "version" | "since" | "runs" | "removed"> {
    const [server, digits = ""] = (since ?? "").split("-");
    const known = Number(digits);
    const isKnown =
      server === this.#server &&
      /^\d+$/.test(digits) &&
      known >= this.#oldest &&
      known <= this.#version;
    const changed = [...this.#runs.values()].filter(({ version }) => !isKnown || version > known);
    const removed = [...this.#removed].filter(([, version]) => isKnown && version > known);
    return {
      version: `${this.#server}-${this.#version}`,
      since: isKnown ? since : null,
      runs: changed
        .map(({ run }) => run)
        .sort((a, b) => b.begun - a.begun || (a.name < b.name ? -1 : 1)),
      removed: removed.map(([name]) => name),
    };
  }
}
