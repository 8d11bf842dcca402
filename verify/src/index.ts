export { type QueueReport, queueCampaign } from "./queue/campaign";
export { queueFaults } from "./queue/queue-faults";
export {
  cutPower,
  forksOf,
  killAtBoundaries,
  killAtRandom,
  type Plan,
  type Reference,
  runReference,
} from "./resume/campaign";
export type { FaultResult } from "./resume/fault";
export { faults, tryFaults } from "./resume/faults";
export type { Series, SeriesOptions } from "./resume/series";
export { operationsOf } from "./resume/watched";
