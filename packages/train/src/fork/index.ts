// Branches of a run: another future from one of its checkpoints.
export { type ForkDifference, forkDifference } from "./fork-difference";
export { type ForkOptions, forkExperiment } from "./fork-experiment";
export {
  type ForkPlace,
  type ForkPlan,
  type ForkRunOptions,
  planFork,
  writeFork,
} from "./fork-run";
export { type Branch, type Lineal, lineageOf } from "./lineage";
