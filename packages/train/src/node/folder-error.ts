import { RunError } from "../run/error";

/** The folder belongs to another process, which may soon be done with it. */
export class FolderInUseError extends RunError {}

/** The folder belonged to this process and now belongs to another one, or to nobody. */
export class FolderLostError extends RunError {}
