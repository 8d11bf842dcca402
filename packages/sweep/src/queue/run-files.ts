import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { byteLimit } from "@grok/train/front-end";
import { makeFolder, readRegularFile, writeFileAtomic } from "@grok/train/node";
import { DamagedError } from "./error";
import type { FileMap } from "./ledger";

const checkpointName = /^step-(\d{8,15})\.safetensors$/;
const fileName =
  /^(config\.json|metrics\.jsonl|summary\.json|checkpoints\/step-\d{8,15}\.safetensors)$/;

/** A run's checkpoint files by their names in its folder, the oldest first, with their steps. */
export async function listCheckpoints(folder: string): Promise<{ name: string; step: number }[]> {
  const names = (await readdir(join(folder, "checkpoints")).catch(noneIfMissing)) ?? [];
  return names
    .flatMap((name) => {
      const [, digits] = checkpointName.exec(name) ?? [];
      return digits === undefined ? [] : [{ name: `checkpoints/${name}`, step: Number(digits) }];
    })
    .sort((a, b) => a.step - b.step);
}

/** Reads those of a run's files that are there. A line that is just being written is left out. */
export async function readFiles(
  folder: string,
  names: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of names) {
    const bytes = await readRegularFile(join(folder, name), byteLimit(name)).catch(noneIfMissing);
    if (bytes === null) continue;
    const isLines = name.endsWith(".jsonl");
    files.set(name, isLines ? bytes.subarray(0, bytes.lastIndexOf(10) + 1) : bytes);
  }
  return files;
}

/**
 * Writes a run's files to a folder.
 *
 * @throws DamagedError for a file that no run has, before anything is written: what comes from a store
 *   is not to choose where it goes
 */
export async function writeFiles(folder: string, files: FileMap): Promise<void> {
  for (const name of files.keys()) {
    if (!fileName.test(name)) {
      throw new DamagedError(`The store has a file ${JSON.stringify(name)}, which no run has.`);
    }
  }
  for (const [name, bytes] of files) {
    const path = join(folder, name);
    await makeFolder(dirname(path));
    await writeFileAtomic(path, bytes);
  }
}

function noneIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}
