import { mkdtemp, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { systemRefusal } from "@grok/train/front-end";
import { lockFolder } from "@grok/train/node";
import { bytes } from "../quantity";
import { type Found, here, missing, slow } from "./finding";

/** Bytes below which a disk is soon full of checkpoints. */
const little = 2 ** 30;

/**
 * Sees whether a folder can hold runs: makes a folder in it, or in the first above it that is there,
 * locks that as a run's folder is locked, and takes it away again.
 */
export async function lookAtDisk(folder: string): Promise<Found> {
  const place = await nearest(resolve(folder));
  try {
    const trial = await mkdtemp(join(place, ".grok-doctor-"));
    try {
      await (await lockFolder(trial)).release();
    } finally {
      await rm(trial, { recursive: true });
    }
  } catch (error) {
    const reason = systemRefusal(error)?.reason ?? (error as Error).message;
    return missing(`No run can be written to ${place}: ${reason}. Choose another --out-dir.`);
  }
  const { bavail, bsize } = await statfs(place);
  const text = `${place} can be written, ${bytes(bavail * bsize)} free`;
  return bavail * bsize < little
    ? slow(`${text}; runs with many checkpoints fill that soon (--keep-checkpoints).`)
    : here(`${text}.`);
}

async function nearest(folder: string): Promise<string> {
  const isThere = await stat(folder).then(
    (at) => at.isDirectory(),
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : nearest(dirname(folder));
}
