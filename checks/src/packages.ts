import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What of a package.json is looked at here. */
export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  exports: Record<string, Record<string, string>>;
  publishConfig?: { access?: string; provenance?: boolean; exports?: Manifest["exports"] };
  bin?: Record<string, string>;
  engines?: { node?: string };
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  [field: string]: unknown;
}

/** A package that is published. */
export interface Package {
  /** Its folder's name, e.g. `data`. */
  name: string;
  folder: string;
  manifest: Manifest;
}

/** The libraries that are published: everything in packages/. */
export function packages(): Package[] {
  return publishedIn("packages");
}

/** What is published besides, and that nobody imports from Node: the command and the CDN's modules. */
export function programs(): Package[] {
  return publishedIn("apps");
}

function publishedIn(directory: string): Package[] {
  const parent = join(root, directory);
  return readdirSync(parent)
    .filter((name) => existsSync(join(parent, name, "package.json")))
    .map((name) => {
      const folder = join(parent, name);
      const text = readFileSync(join(folder, "package.json"), "utf8");
      return { name, folder, manifest: JSON.parse(text) as Manifest };
    })
    .filter(({ manifest }) => manifest.private !== true);
}

/** The oldest Node that the packages claim, e.g. `20.19.0`: all claim the same. */
export function oldestNode(): string {
  const ranges = new Set(packages().map(({ manifest }) => manifest.engines?.node ?? "none"));
  const version = /^>=(\d+\.\d+\.\d+)$/.exec([...ranges][0] ?? "")?.[1];
  if (ranges.size !== 1 || version === undefined) {
    throw new Error(`engines.node is ${[...ranges].join(", ")}; one >=MAJOR.MINOR.PATCH is meant`);
  }
  return version;
}

/** The built file of every entry point, by the name that it is imported by. */
export function entryPoints(): Map<string, string> {
  const entries = packages().flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports).map(
      ([path, { default: file = "" }]) =>
        [manifest.name + path.slice(1), join(folder, file)] as const,
    ),
  );
  return new Map(entries);
}
