import type { DataNeed } from "../worker/protocol";
import { choose, followLink } from "./commands";
import { engine } from "./engine";
import { baseName, given, resolved, waiting } from "./experiment";
import { say } from "./notices";

/** A network that reads rows of numbers and tables alike, for data that the one at hand cannot read. */
const readsAll = "mlp";

/** The first bytes of images in IDX form: unsigned bytes, in three dimensions. */
const imagesBegin = [0, 0, 8, 3];

/**
 * Learns from a file: reads it in the worker, and makes ready for what it gives.
 *
 * @param name the flag that takes it
 */
export async function setDataFile(name: string, file: File): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { reference, sha256 } = await engine().experiments.addDataFile(file.name, bytes);
  const link = waiting.peek();
  if (link !== null) {
    await followWaiting(link, { name: file.name, sha256 });
    return;
  }
  const isFile = (flag: string) => flag in files(given.peek()) || flag === name;
  const flags = { ...given.peek(), [name]: reference };
  const isImages = imagesBegin.every((byte, i) => bytes[i] === byte);
  if (name === "data" && isImages && !("labels" in flags)) {
    given.value = flags;
    const error = `${file.name} has images in IDX form: choose the file of their labels, too.`;
    resolved.value = { ok: false, error };
    return;
  }
  await choose(baseName.peek(), flags, name);
  if (resolved.peek()?.ok !== false || baseName.peek() === readsAll) return;
  const own = Object.fromEntries(Object.entries(flags).filter(([flag]) => isFile(flag)));
  const other = await engine().experiments.resolve(readsAll, own, name);
  if (!other.ok) return;
  say(
    "notice",
    `The network that was chosen cannot learn from ${file.name}; the one of preset ${readsAll} is taken.`,
  );
  await choose(readsAll, own, name);
}

/** What of the flags names files. */
function files(flags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(flags).filter(([, value]) => /:[0-9a-f]{64}$/.test(value)),
  );
}

/** Follows a link when the last file has come that it waits for. */
async function followWaiting(
  { link, needs }: { link: string; needs: readonly DataNeed[] },
  file: { name: string; sha256: string },
): Promise<void> {
  if (!needs.some(({ sha256 }) => sha256 === file.sha256)) {
    const wanted = needs.map(({ name, sha256 }) => `${name} (sha256 ${sha256.slice(0, 8)}…)`);
    say(
      "error",
      `${file.name} (sha256 ${file.sha256.slice(0, 8)}…) is another file than ${wanted.join(" and ")}, which the link needs.`,
    );
    return;
  }
  await followLink(link);
}
