import { lstat } from "node:fs/promises";
import { join } from "node:path";
import {
  byteLimit,
  decodeConfig,
  decodeMetrics,
  type EvaluationRecord,
  type ServedRun,
} from "@grok/train";
import { DiskFiles, isFolderInUse, openRegularFile, readSummary } from "@grok/train/node";

type Content = Omit<ServedRun, "name" | "isInUse">;

/** Bytes from the end of metrics.jsonl that have its last whole line and a torn one after it. */
const tail = 2 ** 17;

const files = ["config.json", "metrics.jsonl", "summary.json"];

/** Reads runs for the list, and reads no file again that has not changed. */
export class RunReader {
  #known = new Map<string, { signature: string; content: Content }>();

  /** The runs, the newest first. */
  async read(folders: ReadonlyMap<string, string>): Promise<ServedRun[]> {
    const known = new Map<string, { signature: string; content: Content }>();
    const runs: ServedRun[] = [];
    for (const [name, folder] of folders) {
      const signature = await signatureOf(folder);
      const before = this.#known.get(folder);
      const content = before?.signature === signature ? before.content : await readContent(folder);
      known.set(folder, { signature, content });
      runs.push({ name, ...content, isInUse: await isFolderInUse(folder) });
    }
    this.#known = known;
    return runs.sort((a, b) => b.begun - a.begun || (a.name < b.name ? -1 : 1));
  }
}

/** Changes whenever a file does that the list reads. */
async function signatureOf(folder: string): Promise<string> {
  const stats = await Promise.all(
    files.map((name) => lstat(join(folder, name), { bigint: true }).catch(() => null)),
  );
  return stats.map((each) => (each === null ? "" : versionOf(each))).join();
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

async function readContent(folder: string): Promise<Content> {
  const { birthtimeMs, mtimeMs } = await lstat(folder).catch(() => ({
    birthtimeMs: 0,
    mtimeMs: 0,
  }));
  const content = { begun: Math.round(birthtimeMs || mtimeMs), summary: null, last: null };
  try {
    const bytes = await new DiskFiles(folder).read("config.json");
    const config = decodeConfig(new TextDecoder().decode(bytes ?? undefined));
    const [summary, last] = [await readSummary(folder), await readLast(folder)];
    return { ...content, config, summary, last, problem: null };
  } catch (error) {
    // Where the folder lies is nobody's business who reads the page.
    const problem = (error as Error).message.replaceAll(`${folder}/`, "").replaceAll(folder, "It");
    return { ...content, config: null, problem };
  }
}

/** The last whole record, from the end of the file. */
async function readLast(folder: string): Promise<EvaluationRecord | null> {
  const path = join(folder, "metrics.jsonl");
  const opened = await openRegularFile(path, byteLimit("metrics.jsonl")).catch((error) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (opened === null) return null;
  const { file, stats } = opened;
  try {
    const start = Math.max(0, stats.size - tail);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(stats.size - start), {
      position: start,
    });
    const text = buffer.toString("utf8", 0, bytesRead);
    const whole = start === 0 ? text : text.slice(text.indexOf("\n") + 1);
    return decodeMetrics(whole).lines.at(-1)?.record ?? null;
  } finally {
    await file.close();
  }
}
