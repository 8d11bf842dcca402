export { findRuns } from "./find-runs";
export { readFigureRuns } from "./read-figure-runs";
export { readRecorded, readResult, readResults, recordResult, writeDocument } from "./record";
export {
  pictureName,
  planFor,
  type Reproduced,
  type ReproduceOptions,
  reproduce,
  verdictName,
} from "./reproduce";
