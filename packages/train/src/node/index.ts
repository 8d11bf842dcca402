export { writeFileAtomic } from "./atomic-file";
export { createRun } from "./create-run";
export { DiskFiles } from "./disk-files";
export { exportRun } from "./export-run";
export { type ImportableRun, readArchive, writeRunFolder } from "./import-run";
export { FolderInUseError, isFolderInUse, type Lock, lockFolder } from "./lock";
export { openRun } from "./open-run";
export {
  type CheckpointFile,
  type RunOnDisk,
  readCheckpoint,
  readRun,
  readSummary,
} from "./read-run";
export { checkFolder, openRegularFile } from "./regular-file";
export { tidyRun } from "./tidy-run";
