import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { decodeConfig } from "@grok/train";
import { type ServedRun, systemRefusal } from "@grok/train/front-end";
import { DiskFiles, readLastEvaluation, readSummary } from "@grok/train/node";

/** What is read of a run for the list. */
export type RunContent = Omit<ServedRun, "name" | "isInUse">;

const files = ["config.json", "metrics.jsonl", "summary.json"];

/** Changes whenever a file does that the list reads, or who may read it. */
export async function signatureOf(folder: string): Promise<string> {
  const stats = await Promise.all(
    files.map((name) => lstat(join(folder, name), { bigint: true }).catch(() => null)),
  );
  return stats
    .map((each) => (each === null ? "" : `${versionOf(each)}-${each.ctimeNs.toString(36)}`))
    .join();
}

/** Tells a file's content from any that it had before. */
export function versionOf({ ino, size, mtimeNs }: FileVersion): string {
  return `${ino.toString(36)}-${size.toString(36)}-${mtimeNs.toString(36)}`;
}

/** What {@link versionOf} needs of a file's stats. */
interface FileVersion {
  ino: bigint;
  size: bigint;
  mtimeNs: bigint;
}

/**
 * Reads a run for the list. What is wrong with its files is its `problem`.
 *
 * @throws the system's error if a file cannot be read now and perhaps can later
 */
export async function readContent(folder: string): Promise<RunContent> {
  const { birthtimeMs, mtimeMs } = await lstat(folder);
  const content = { begun: Math.round(birthtimeMs || mtimeMs), summary: null, last: null };
  try {
    const bytes = await new DiskFiles(folder).read("config.json");
    const config = decodeConfig(new TextDecoder().decode(bytes ?? undefined));
    const [summary, last] = [await readSummary(folder), await readLastEvaluation(folder)];
    return { ...content, config, summary, last, problem: null };
  } catch (error) {
    if (systemRefusal(error) !== null) throw error;
    // Where the folder lies is nobody's business who reads the page.
    const problem = (error as Error).message.replaceAll(`${folder}/`, "").replaceAll(folder, "It");
    return { ...content, config: null, problem };
  }
}
