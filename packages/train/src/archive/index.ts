// Run folders as ZIP files.
export { ArchiveError } from "./archive-error";
export { isDeviceName } from "./device-name";
export { type InspectedRun, inspectRun } from "./inspect-run";
export { type ArchiveLimits, archiveLimits } from "./limits";
export { packRun } from "./pack-run";
export { isRunFile } from "./run-names";
export { type PackedFiles, unpackRun } from "./unpack-run";
