import { inspectRun, isRunFile, packRun, unpackRun } from "@grok/train/archive";
import type { Library, RunLabel } from "../storage/library";

/**
 * Brings a run into the library: unpacked, read to the last byte, then written.
 *
 * @param name what to call it
 * @param source a ZIP archive, or a folder's files by their names, of which those that are no run's
 * are left out
 * @throws ArchiveError or RunError in a sentence; nothing is then kept
 */
export async function importRun(
  library: Library,
  name: string,
  source: Uint8Array<ArrayBuffer> | ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  onFull: (error: unknown) => void,
): Promise<{ label: RunLabel; notices: string[] }> {
  // Files of a folder go the way of an archive's, for the same checks and limits.
  const bytes = source instanceof Uint8Array ? source : packRun(runFilesOf(source));
  const files = unpackRun(bytes);
  const { notices } = await inspectRun(files);
  const [label, target] = await library.create(name, onFull);
  try {
    for (const [file, content] of files) await target.write(file, content);
  } finally {
    await target.close();
  }
  return { label, notices };
}

/** What of a folder's files is a run's: not what the system or an editor left there. */
function runFilesOf(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) {
  return new Map([...files].filter(([name]) => isRunFile(name)));
}
