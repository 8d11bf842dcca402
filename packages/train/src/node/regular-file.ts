import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { RunError } from "../run/error";

/**
 * Opens a file to read it, if that is what it is: no link, which could lead anywhere, and no pipe,
 * socket or device, which could make the reader wait or read for ever.
 *
 * @param maxBytes the most that it may have
 * @throws RunError if it is something else, or larger; the system's error if it is missing
 */
export async function openRegularFile(
  path: string,
  maxBytes: number,
): Promise<{ file: FileHandle; stats: Stats }> {
  // Windows lacks the last two, and undefined counts as 0 here.
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(refuseOther(path));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new RunError(noFile(path));
    if (stats.size > maxBytes) {
      throw new RunError(`${path} has ${stats.size} bytes; allowed are ${maxBytes}.`);
    }
    return { file, stats };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Reads a file that {@link openRegularFile} opens. */
export async function readRegularFile(
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { file } = await openRegularFile(path, maxBytes);
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Checks that a folder of a run is one, if it is there.
 *
 * @throws RunError if it is a link or a file
 */
export async function checkFolder(path: string): Promise<void> {
  const stats = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  if (stats?.isSymbolicLink()) throw new RunError(linkSentence(path));
  if (stats?.isDirectory() === false) throw new RunError(`${path} is no folder.`);
}

function noFile(path: string): string {
  return `${path} is no regular file, but a folder, a pipe, a socket or a device.`;
}

function refuseOther(path: string) {
  return (error: NodeJS.ErrnoException): never => {
    if (error.code === "ELOOP") throw new RunError(linkSentence(path), { cause: error });
    // A socket, or a device without its driver.
    const isOther = error.code === "ENXIO" || error.code === "ENODEV";
    throw isOther ? new RunError(noFile(path), { cause: error }) : error;
  };
}

function linkSentence(path: string): string {
  return `${path} is a link, and nothing in a run's folder may lead out of it; put what it names in its place.`;
}
