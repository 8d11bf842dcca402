import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "@grok/train/node";
import { DamagedError, QueueError } from "./error";
import type { FileChange, FileMap, Ledger, RunResult } from "./ledger";
import { listCheckpoints, readFiles, writeFiles } from "./run-files";

/** How a run's files get from one worker to the next, and home. */
export interface FileTransport {
  /**
   * Brings what is stored of a run to a folder.
   *
   * @returns whether there is anything, and names of the files that a new holder need not store again
   */
  fetch(name: string, folder: string): Promise<Fetched>;
  /** Stores a checkpoint; false if the run is no longer the holder's. */
  advance(claim: Holding, step: number, change: FileChange): Promise<boolean>;
  /** Stores the result; false if the run is no longer the holder's. */
  commit(claim: Holding, result: RunResult): Promise<boolean>;
  /** Takes away what nobody needs once the files are home. */
  discard(name: string): Promise<void>;
}

/** What {@link FileTransport.fetch} found. */
export interface Fetched {
  found: boolean;
  stored: string[];
}

/** A run that is somebody's. */
export interface Holding {
  readonly name: string;
  readonly holder: string;
  readonly token: number;
}

/** In the ledger itself, so that machines need nothing in common but the queue. */
export function throughLedger(ledger: Ledger): FileTransport {
  return {
    async fetch(name, folder) {
      const files = await ledger.files(name);
      if (files.has(placeName)) throw new QueueError(elsewhere(name));
      await writeFiles(folder, files);
      return { found: files.size > 0, stored: [...files.keys()] };
    },
    advance: ({ name, holder }, step, change) => ledger.advance(name, holder, step, change),
    commit: ({ name, holder }, result) => ledger.commit(name, holder, result),
    discard: async () => {},
  };
}

/** Stands in the ledger instead of files that are in a shared folder, with the token that wrote them. */
const placeName = "shared-folder";

function elsewhere(name: string): string {
  return `The files of run ${name} are in a shared folder; name it with --shared-dir.`;
}

/**
 * In a folder that all machines share, under the token that writes: `SHARED/NAME/TOKEN/`. A worker
 * that lost its run writes where nobody looks, as the ledger alone says which token's files count.
 */
export function throughFolder(ledger: Ledger, shared: string): FileTransport {
  const folderOf = (name: string, token: number | string) => join(shared, name, String(token));
  const put = async ({ name, token }: Holding, { files, keep }: FileChange) => {
    const folder = folderOf(name, token);
    await writeFiles(folder, files);
    for (const each of await listCheckpoints(folder)) {
      if (!keep.includes(each.name)) await rm(join(folder, each.name), { force: true });
    }
    return { files: new Map([[placeName, Buffer.from(String(token))]]), keep: [] };
  };
  return {
    async fetch(name, folder) {
      const files = await ledger.files(name);
      const place = files.get(placeName);
      if (place === undefined) {
        await writeFiles(folder, files);
        return { found: files.size > 0, stored: [] };
      }
      const token = Buffer.from(place).toString();
      if (!/^\d{1,15}$/.test(token))
        throw new DamagedError(`Run ${name} names no place of its files.`);
      const from = folderOf(name, token);
      await makeFolder(folder);
      const checkpoints = (await listCheckpoints(from)).map((each) => each.name);
      const names = ["config.json", "metrics.jsonl", "summary.json", ...checkpoints];
      const found = await readFiles(from, names);
      await writeFiles(folder, found);
      // They are in another token's folder.
      return { found: found.size > 0, stored: [] };
    },
    async advance(holding, step, change) {
      return ledger.advance(holding.name, holding.holder, step, await put(holding, change));
    },
    async commit(holding, result) {
      const { name, holder, token } = holding;
      const isTaken = await ledger.commit(name, holder, {
        ...result,
        ...(await put(holding, result)),
      });
      if (isTaken) await removeAllBut(join(shared, name), String(token));
      return isTaken;
    },
    discard: (name) => rm(join(shared, name), { recursive: true, force: true }),
  };
}

async function removeAllBut(folder: string, name: string): Promise<void> {
  for (const each of await readdir(folder)) {
    if (each !== name) await rm(join(folder, each), { recursive: true, force: true });
  }
}

/** Bytes of files. */
export function sizeOf(files: FileMap): number {
  return [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
