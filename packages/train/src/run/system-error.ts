/**
 * What a refusal of the system is about: the `machine`, on which the same works another day; a
 * `place` that this process may not write to, while another machine may have it; or the `request`,
 * which is refused anywhere.
 */
export type Blame = "machine" | "place" | "request";

/** What the system's refusals mean, by their codes, and what they are about. */
const meanings: Readonly<Record<string, readonly [reason: string, blame: Blame]>> = {
  EACCES: ["permission is denied", "place"],
  EPERM: ["permission is denied", "place"],
  EROFS: ["the disk can only be read", "place"],
  EEXIST: ["a file is in the way", "request"],
  ENOTDIR: ["a file is in the way", "request"],
  EISDIR: ["a folder is in the way", "request"],
  ENOENT: ["it does not exist", "request"],
  ENAMETOOLONG: ["the name is too long", "request"],
  EFBIG: ["the file is larger than is allowed", "request"],
  ENOSPC: ["the disk is full", "machine"],
  EDQUOT: ["the quota of the disk is used up", "machine"],
  EIO: ["the disk fails", "machine"],
  ESTALE: ["the network disk is gone", "machine"],
  ENODEV: ["a device is gone", "machine"],
  EMFILE: ["too many files are open", "machine"],
  ENFILE: ["too many files are open", "machine"],
  ENOMEM: ["the machine is out of memory", "machine"],
  EAGAIN: ["the machine starts no more processes or threads", "machine"],
  ERR_WORKER_OUT_OF_MEMORY: ["the machine is out of memory", "machine"],
  ERR_WORKER_INIT_FAILED: ["the machine starts no more processes or threads", "machine"],
};

/** What the system refused: why, and where. */
export interface SystemRefusal {
  /** The end of a sentence, without its full stop: `the disk is full (runs/x)`. */
  readonly reason: string;
  readonly blame: Blame;
}

/** The other name that a file has until it is whole (`.NAME.….tmp`), or a lock until it holds. */
const unfinished = /(^|[/\\])(?:\.([^/\\]+)\.[0-9a-f]{12}\.tmp|(\.lock)\.[0-9a-f-]{36})$/;

/** What the system refused, from an error of its calls; null for other errors. */
export function systemRefusal(error: unknown): SystemRefusal | null {
  const { code, path } = (error ?? {}) as { code?: unknown; path?: unknown };
  if (typeof code !== "string" || !Object.hasOwn(meanings, code)) return null;
  const [reason, blame] = meanings[code] as (typeof meanings)[string];
  if (typeof path !== "string") return { reason, blame };
  const found = unfinished.exec(path);
  if (found === null) return { reason: `${reason} (${path})`, blame };
  const folder = path.slice(0, found.index + (found[1] ?? "").length);
  // A file that is made cannot be missing: its folder is.
  if (code === "ENOENT") {
    return { reason: `there is no folder ${folder.replace(/(?<=.)[/\\]$/, "") || "."}`, blame };
  }
  return { reason: `${reason} (${folder}${found[2] ?? found[3]})`, blame };
}

/** An error as one sentence: the system's in our words, others in their own. */
export function errorSentence(error: unknown): string {
  const refusal = systemRefusal(error);
  if (refusal === null) return error instanceof Error ? error.message : String(error);
  const { reason } = refusal;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
