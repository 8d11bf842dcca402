import { UsageError } from "../usage-error";

/** What the system's refusals mean. */
const reasons: Record<string, string> = {
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
  ENAMETOOLONG: "the name is too long",
};

/** What the system refused, as the end of a sentence without its full stop; null for other errors. */
export function refusal(error: unknown): string | null {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : reasons[code];
  if (reason === undefined) return null;
  return path === undefined ? reason : `${reason} (${path})`;
}

/**
 * Does something with a file or folder that the user named, and gives the system's refusal as one
 * sentence.
 *
 * @param what the beginning of that sentence: `The run cannot be written to runs/x`
 */
export async function withFileErrors<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const reason = refusal(error);
    if (reason === null) throw error;
    throw new UsageError(`${what}: ${reason}.`, { cause: error });
  }
}
