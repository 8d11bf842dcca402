import { join } from "node:path";
import { oldestNode } from "../packages.ts";
import type { Workplace } from "./workplace.ts";

/** The programs that run JavaScript, by their paths. */
export interface Engines {
  /** The oldest Node that the packages claim, one between, and the one that runs this, by version. */
  nodes: ReadonlyMap<string, string>;
  bun: string;
  deno: string;
}

const middleNode = "22.23.3";
const versions = { bun: "1.4.5", deno: "2.9.6" };

/** The versions of Node that the packages are tried on. */
export const nodeVersions = [oldestNode(), middleNode, process.versions.node];

/** Installs engines from npm; pnpm does it in a moment where its store has them. */
export async function installEngines(place: Workplace): Promise<Engines> {
  const project = await place.project("engines");
  // By itself pnpm takes these names for engines that it is to load from their makers.
  const others = Object.entries(versions).map(([name, version]) => `npm:${name}@${version}`);
  const olderNodes = [oldestNode(), middleNode];
  const nodes = olderNodes.map((version) => `node-${version}@npm:node@${version}`);
  const built = [...Object.keys(versions), "node"].map((name) => `--allow-build=${name}`);
  await project.addStrictly([...built, ...others, ...nodes]);
  const file = (...path: string[]) => {
    const found = join(project.folder, "node_modules", ...path);
    return process.platform === "win32" ? `${found}.exe` : found;
  };
  return {
    nodes: new Map([
      ...olderNodes.map((each) => [each, file(`node-${each}`, "bin", "node")] as const),
      [process.versions.node, process.execPath],
    ]),
    bun: file(".bin", "bun"),
    deno: file(".bin", "deno"),
  };
}
