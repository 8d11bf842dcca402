import { readdir, realpath } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isRunFile } from "@grok/train/archive";
import { byteLimit } from "@grok/train/front-end";
import { checkFolder, openRegularFile } from "@grok/train/node";
import { byteRange } from "./byte-range";
import { filePolicy } from "./headers";
import { versionOf } from "./served-run";

/** Everything else is bytes: weights, data files, and code, which no page may load from here as such. */
const types: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".jsonl": "application/x-ndjson; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};

/** A run's folder and a file of it that an address names. */
export interface NamedFile {
  run: string;
  /** Empty for the list of the run's files. */
  file: string;
}

/**
 * Takes an address below `/runs/` apart: a run's name, and behind it a file that runs have. What a
 * run is called is for the caller to look up: no name becomes a path here.
 *
 * @returns null if it names none
 */
export function namedFile(path: string): NamedFile | null {
  if (path.endsWith("/")) return { run: path.slice(0, -1), file: "" };
  const parts = path.split("/");
  for (const length of [1, 2]) {
    const file = parts.slice(-length).join("/");
    if (parts.length > length && isRunFile(file)) {
      return { run: parts.slice(0, -length).join("/"), file };
    }
  }
  return null;
}

/** The names of all files that a run has. */
export async function listRunFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  for (const sub of ["", "checkpoints/", "plots/", "extensions/", "data/"]) {
    const entries = await readdir(join(folder, sub), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isFile() && isRunFile(sub + entry.name)) names.push(sub + entry.name);
    }
  }
  return names.sort();
}

/**
 * Answers with a file of a run, as it is now; with 304 if the asker has it, and with the part that a
 * Range header asks for. The header `Grok-File` stays the same while a file only grows.
 *
 * @param folder the run's; must lie in `root` once every link is followed
 * @returns false if there is no such file, and nothing was answered
 */
export async function sendRunFile(
  request: IncomingMessage,
  response: ServerResponse,
  { root, folder, file: name }: { root: string; folder: string; file: string },
): Promise<boolean> {
  const path = join(folder, name);
  // What the list was made of may be something else by now.
  const real = await realpath(folder).catch(() => null);
  if (real !== folder || !(folder === root || folder.startsWith(join(root, "/")))) return false;
  let opened: Awaited<ReturnType<typeof openRegularFile>>;
  try {
    if (dirname(name) !== ".") await checkFolder(dirname(path));
    opened = await openRegularFile(path, byteLimit(name));
  } catch {
    // Missing, a link, a pipe, a folder, or far larger than any run's: nothing to give.
    return false;
  }
  const { file } = opened;
  try {
    const stats = await file.stat({ bigint: true });
    const size = Number(stats.size);
    const tag = `"${versionOf(stats)}"`;
    response.setHeader("ETag", tag);
    response.setHeader("Content-Security-Policy", filePolicy);
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("Grok-File", `${stats.ino.toString(36)}-${stats.birthtimeNs.toString(36)}`);
    const range = byteRange(request.headers.range, size);
    if (range === "unsatisfiable") {
      response.writeHead(416, { "Content-Range": `bytes */${size}` }).end();
      return true;
    }
    if (range === null && isKnown(request, tag)) {
      response.writeHead(304).end();
      return true;
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    response.writeHead(range === null ? 200 : 206, {
      "Content-Type": types[extname(name)] ?? "application/octet-stream",
      "Content-Length": end - start + 1,
      ...(range === null ? {} : { "Content-Range": `bytes ${start}-${end}/${size}` }),
    });
    if (request.method === "HEAD" || size === 0) response.end();
    // A file that is being written grows: what was promised is what is sent.
    else await pipeline(file.createReadStream({ start, end, autoClose: false }), response);
  } finally {
    await file.close();
  }
  return true;
}

/** Whether the asker has what is tagged so. */
export function isKnown({ headers }: IncomingMessage, tag: string): boolean {
  const known = (headers["if-none-match"] ?? "").split(",").map((each) => each.trim());
  return known.includes(tag) || known.includes(`W/${tag}`);
}
