/** What the system's refusals mean, by their codes. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the disk can only be read",
  EEXIST: "a file is in the way",
  ENOTDIR: "a file is in the way",
  EISDIR: "a folder is in the way",
  ENOENT: "it does not exist",
  ENOSPC: "the disk is full",
  EDQUOT: "the quota of the disk is used up",
  EFBIG: "the file is larger than is allowed",
  EIO: "the disk fails",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ENOMEM: "the machine is out of memory",
  ENAMETOOLONG: "the name is too long",
};

/** Those that are the machine's doing: with the same words the command works on another day. */
const ofTheMachine: ReadonlySet<string> = new Set([
  "ENOSPC",
  "EDQUOT",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
]);

/** What the system refused: why, and where. */
export interface SystemRefusal {
  /** The end of a sentence, without its full stop: `the disk is full (runs/x)`. */
  readonly reason: string;
  /** Whether the machine is to blame, and not what was asked of it. */
  readonly isMachine: boolean;
}

/** What the system refused, from an error of its calls; null for other errors. */
export function systemRefusal(error: unknown): SystemRefusal | null {
  const { code, path } = (error ?? {}) as { code?: unknown; path?: unknown };
  if (typeof code !== "string" || !Object.hasOwn(reasons, code)) return null;
  const reason = reasons[code] as string;
  const where = typeof path === "string" ? ` (${path})` : "";
  return { reason: `${reason}${where}`, isMachine: ofTheMachine.has(code) };
}

/** An error as one sentence: the system's in our words, others in their own. */
export function errorSentence(error: unknown): string {
  const refusal = systemRefusal(error);
  if (refusal === null) return error instanceof Error ? error.message : String(error);
  const { reason } = refusal;
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
