export { speedrunDocument } from "./document";
export {
  type SpeedrunEntry,
  type SpeedrunPlanOptions,
  speedrunPlan,
  speedrunRuns,
} from "./entry";
export {
  digestOf,
  maxRecordLength,
  parseSpeedrun,
  type SpeedrunRecord,
  type SpeedrunRun,
  speedrunJson,
  speedrunRun,
} from "./record";
export { replayOf, type SpeedrunReplay } from "./replay";
export {
  board,
  type SpeedrunMeasure,
  type Spread,
  type Standing,
  speedrunMeasures,
  standingOf,
} from "./standing";
export { speedrunSeeds, speedrunThreshold, type Track, trackOf, tracks } from "./track";
