import { randomUUID } from "node:crypto";
import { copyFile, link, readdir, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Summary } from "@grok/train";
import { hasEnded } from "@grok/train";
import { FolderInUseError, makeFolder, readSummary } from "@grok/train/node";
import { replaceRun } from "./replace-run";
import { runFolder, runsName } from "./sweep-folder";

/**
 * The sweeps beside a sweep: folders of the same parent that hold runs. A run that one of them has
 * done need not be done again.
 */
export async function siblingSweeps(folder: string): Promise<string[]> {
  const own = resolve(folder);
  const parent = dirname(own);
  const names = await readdir(parent, { withFileTypes: true }).catch(() => []);
  const folders = names
    .filter((entry) => entry.isDirectory() && entry.name !== basename(own))
    .map(({ name }) => join(parent, name));
  const found = await Promise.all(
    folders.map((each) =>
      readdir(join(each, runsName)).then(
        () => [each],
        () => [],
      ),
    ),
  );
  return found.flat().sort();
}

/**
 * Takes a run that another sweep has brought to its end into a sweep's folder: its files are linked
 * there, or copied where the disk cannot link, so that each sweep is whole by itself. A run that
 * continues later replaces its files and leaves the others' alone.
 *
 * @returns its summary and where it came from; null if no sweep has it
 */
export async function reuseRun(
  name: string,
  folder: string,
  sources: readonly string[],
): Promise<{ summary: Summary; from: string } | null> {
  for (const source of sources) {
    const from = runFolder(source, name);
    const summary = await takeRun(from, runFolder(folder, name));
    if (summary !== null) return { summary, from };
  }
  return null;
}

/**
 * Makes a folder of a run that ended elsewhere: its files are linked, or copied where the disk cannot
 * link.
 *
 * @returns its summary; null, with nothing done, if it is no run that has ended as planned, or a
 *   process holds the target
 */
export async function takeRun(from: string, target: string): Promise<Summary | null> {
  const summary = await readSummary(from).catch(() => null);
  if (!summary || !hasEnded(summary.status)) return null;
  await makeFolder(dirname(target));
  const unfinished = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    await takeFolder(from, unfinished);
    // What an earlier beginning left there is worth less than a run that has ended.
    await replaceRun(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // A process that still holds the folder does the run itself.
    if (error instanceof FolderInUseError) return null;
    throw error;
  }
  return summary;
}

async function takeFolder(from: string, to: string): Promise<void> {
  await makeFolder(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await takeFolder(source, target);
    else if (entry.isFile() && !entry.name.startsWith(".")) {
      await link(source, target).catch(() => copyFile(source, target));
    }
  }
}
