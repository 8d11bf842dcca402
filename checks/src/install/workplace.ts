import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Project } from "./project.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { packAll, tarballsIn } from "./tarball.ts";

/** A place outside of the repository with the packages as published, to make new projects in. */
export class Workplace {
  readonly folder: string;
  readonly tarballs: readonly string[];
  readonly #registry: Registry;

  private constructor(folder: string, tarballs: readonly string[], registry: Registry) {
    this.folder = folder;
    this.tarballs = tarballs;
    this.#registry = registry;
  }

  /** Packs the packages, except if GROK_TARBALLS names a folder of tarballs, as in the whole test. */
  static async open(): Promise<Workplace> {
    const folder = await mkdtemp(join(tmpdir(), "grok-install-"));
    const packed = process.env["GROK_TARBALLS"];
    const tarballs = await (packed === undefined
      ? packAll(join(folder, "tarballs"))
      : tarballsIn(packed));
    return new Workplace(folder, tarballs, await startRegistry(tarballs));
  }

  /** An empty project; names are of this place's own. */
  project(name: string): Promise<Project> {
    return Project.create(join(this.folder, name), this.#registry);
  }

  async close(): Promise<void> {
    await this.#registry.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
