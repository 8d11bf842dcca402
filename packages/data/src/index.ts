export {
  type Batcher,
  type BatcherOptions,
  type BatchMode,
  batcher,
  batchModes,
} from "./batcher";
export { gather } from "./gather";
export { type LayoutName, layoutNames } from "./layout/catalogue";
export type { Cell, Layout } from "./layout/layout";
export { findOperation, operations } from "./operation/catalogue";
export type { Operation } from "./operation/operation";
export {
  type Permutation,
  type PermutationGroup,
  permutationCount,
  permutationGroup,
} from "./operation/permutations";
export { type RandomStream, randomStream } from "./random/stream";
export { type Split, split, trainSize } from "./split";
export {
  type AdditionDataset,
  type AdditionTask,
  type AdditionTaskOptions,
  additionTask,
  additionTokens,
} from "./task/addition";
export {
  type BinaryDataset,
  type BinaryTask,
  type BinaryTaskOptions,
  binaryTask,
} from "./task/binary";
export { additionCurriculum, type Curriculum, type CurriculumStage } from "./task/curriculum";
export { type ParityTask, type ParityTaskOptions, parityTask } from "./task/parity";
export type {
  Batch,
  Dataset,
  ExampleSource,
  FiniteTask,
  StreamTask,
  Task,
  TaskShape,
} from "./task/task";
export {
  type ExampleSet,
  exampleSet,
  preparingTrainingData,
  type TrainingData,
  type TrainingDataOptions,
  trainingData,
} from "./training-data";
