import { readdir, realpath } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

/** How far below the served folder runs lie at most: a sweep's are in sweeps/NAME/runs/RUN. */
const mostDepth = 4;

/** The most folders that are looked into, so that a whole disk does not stop the server. */
const mostFolders = 10_000;

/** The runs in a folder. */
export interface FoundRuns {
  /** By name, which is the path below the served folder with `/` between, the run's folder. */
  folders: ReadonlyMap<string, string>;
  /** False where there were more folders than are looked into. */
  isWhole: boolean;
}

/**
 * Finds the runs in a folder and below it: folders with a config.json, in which no further ones are
 * sought. Links are not followed, and hidden folders are left out. A folder that is a run itself is
 * found under its own name.
 *
 * @param root a folder; may itself be a link
 */
export async function findRuns(root: string): Promise<FoundRuns> {
  const folders = new Map<string, string>();
  const real = await realpath(root);
  let waiting: { name: string; folder: string; depth: number }[] = [
    { name: "", folder: real, depth: 0 },
  ];
  let seen = 0;
  while (waiting.length > 0) {
    const next: typeof waiting = [];
    for (const { name, folder, depth } of waiting) {
      if (++seen > mostFolders) return { folders, isWhole: false };
      // One that cannot be read, or is gone since, holds no runs for us.
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      if (entries.some((entry) => entry.name === "config.json" && entry.isFile())) {
        folders.set(name === "" ? basename(resolve(root)) : name, folder);
        continue;
      }
      if (depth === mostDepth) continue;
      for (const entry of entries) {
        if (!entry.isDirectory() || /^\.|^node_modules$/.test(entry.name)) continue;
        next.push({
          name: name === "" ? entry.name : `${name}/${entry.name}`,
          folder: join(folder, entry.name),
          depth: depth + 1,
        });
      }
    }
    waiting = next;
  }
  return { folders, isWhole: true };
}
