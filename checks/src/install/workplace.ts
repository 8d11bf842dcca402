import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Project } from "./project.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { packAll } from "./tarball.ts";

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

  /** Packs the packages. */
  static async open(): Promise<Workplace> {
    const folder = await mkdtemp(join(tmpdir(), "grok-install-"));
    const tarballs = await packAll(join(folder, "tarballs"));
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
