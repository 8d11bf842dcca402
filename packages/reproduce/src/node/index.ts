export { findRuns } from "./find-runs";
export { readFigureRuns } from "./read-figure-runs";
export {
  pictureName,
  planFor,
  type Reproduced,
  type ReproduceOptions,
  reproduce,
  verdictName,
} from "./reproduce";
