import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { oldestNode } from "../packages.ts";
import { Project } from "./project.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { packAll } from "./tarball.ts";

/** A place outside of the repository with the packages as published, to make new projects in. */
export class Workplace {
  readonly folder: string;
  readonly tarballs: readonly string[];
  readonly #registry: Registry;
  /** Programs of Node, the oldest that the packages claim and the one that runs this, by version. */
  readonly nodes: ReadonlyMap<string, string>;

  private constructor(folder: string, tarballs: readonly string[], registry: Registry) {
    this.folder = folder;
    this.tarballs = tarballs;
    this.#registry = registry;
    const old = join(folder, "node", "node_modules", "node", "bin", "node");
    this.nodes = new Map([
      [oldestNode(), process.platform === "win32" ? `${old}.exe` : old],
      [process.versions.node, process.execPath],
    ]);
  }

  /** Packs the packages, and installs the oldest Node that they claim. */
  static async open(): Promise<Workplace> {
    const folder = await mkdtemp(join(tmpdir(), "grok-install-"));
    const tarballs = await packAll(join(folder, "tarballs"));
    const place = new Workplace(folder, tarballs, await startRegistry(tarballs));
    const node = await place.project("node");
    await node.run(`npm install node@${oldestNode()}`);
    return place;
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
