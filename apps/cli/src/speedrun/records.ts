import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  parseSpeedrun,
  type SpeedrunRecord,
  speedrunDocument,
  speedrunJson,
  tracks,
} from "@grok/sweep/speedrun";
import { makeFolder, readRegularFile, writeFileAtomic } from "@grok/train/node";

/** The most bytes that are read of a record. */
const maxBytes = 2 ** 21;

/**
 * Reads a record.
 *
 * @throws SweepError if the file is none, RunError if it is no regular file or too large
 */
export async function readSpeedrun(file: string): Promise<SpeedrunRecord> {
  return parseSpeedrun(new TextDecoder().decode(await readRegularFile(file, maxBytes)), file);
}

/**
 * The records in a board's folder, which has a folder per track; none if there is no such folder.
 *
 * @throws SweepError if a file there is no record
 */
export async function readBoard(folder: string): Promise<SpeedrunRecord[]> {
  const records: SpeedrunRecord[] = [];
  for (const { id } of tracks) {
    const names = await readdir(join(folder, id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
      throw error;
    });
    for (const name of names.filter((each) => each.endsWith(".json")).sort()) {
      records.push(await readSpeedrun(join(folder, id, name)));
    }
  }
  return records;
}

/** Writes a record into a folder; gives the file. */
export async function writeSpeedrun(folder: string, record: SpeedrunRecord): Promise<string> {
  await makeFolder(folder);
  const file = join(folder, `${record.name}.json`);
  await writeFileAtomic(file, speedrunJson(record));
  return file;
}

/** The line of docs/speedrun.md below which the board begins. */
export const boardMark =
  "<!-- The board: grok speedrun TRACK --name NAME --record . writes it. -->";

/**
 * Keeps a record in a clone, and writes the clone's board again.
 *
 * @returns the files
 */
export async function keepSpeedrun(clone: string, record: SpeedrunRecord): Promise<string[]> {
  const results = join(clone, "results", "speedrun");
  const file = await writeSpeedrun(join(results, record.track), record);
  const document = join(clone, "docs", "speedrun.md");
  const before = await readFile(document, "utf8").catch(() => `# Speedruns\n\n${boardMark}\n`);
  const intro = before.slice(0, before.indexOf(boardMark) + boardMark.length);
  await makeFolder(join(clone, "docs"));
  await writeFileAtomic(document, speedrunDocument(await readBoard(results), intro));
  return [file, document];
}
