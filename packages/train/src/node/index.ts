export { writeFileAtomic } from "./atomic-file";
export { beginFromTrunk } from "./begin-from-trunk";
export { checkMachine } from "./check-machine";
export { checkRecords } from "./check-records";
export { childEntry } from "./child-entry";
export { createFile, FileExistsError } from "./create-file";
export { createRun } from "./create-run";
export {
  addDataFiles,
  loadDataOnDisk,
  loadRunData,
  readDataFile,
  readDataFlags,
} from "./data-flags";
export { DiskFiles } from "./disk-files";
export { exportRun } from "./export-run";
export { type BundledExtension, bundleExtension } from "./extension/bundle";
export {
  addExtensions,
  type ExtensionFile,
  keepExtensions,
  loadExtensionFiles,
} from "./extension/extension-files";
export { hostModules } from "./extension/host-modules";
export { type RunExtensionsOptions, runExtensions } from "./extension/run-extensions";
export { type UseOptions, useExtensions } from "./extension/use-extensions";
export { FolderInUseError, FolderLostError } from "./folder-error";
export { forkRun } from "./fork-run";
export type { Lock } from "./held-lock";
export { type ImportableRun, readArchive, writeRunFolder } from "./import-run";
export { isFolderInUse, type LockOptions, lockFolder } from "./lock";
export { machineMemory } from "./machine-memory";
export { machineText } from "./machine-text";
export { makeFolder } from "./make-folder";
export { openRun } from "./open-run";
export { readLastEvaluation } from "./read-last-evaluation";
export {
  type CheckpointFile,
  type RunOnDisk,
  readCheckpoint,
  readRun,
  readSummary,
} from "./read-run";
export { checkFolder, openRegularFile, readRegularFile } from "./regular-file";
export { tidyRun } from "./tidy-run";
