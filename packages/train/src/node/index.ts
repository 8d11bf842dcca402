export { writeFileAtomic } from "./atomic-file";
export { createRun } from "./create-run";
export { openRun } from "./open-run";
export { type CheckpointFile, type RunOnDisk, readCheckpoint, readRun } from "./read-run";
