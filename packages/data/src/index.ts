export {
  type Batcher,
  type BatcherOptions,
  type BatchMode,
  batcher,
  batchModes,
} from "./batcher";
export { type CsvTask, type CsvTaskOptions, csvTask } from "./file/csv-task";
export { type IdxArray, parseIdx } from "./file/idx";
export { type ImageTaskOptions, imageTask } from "./file/image-task";
export {
  type Formula,
  formulaLimits,
  formulaSyntax,
  parseFormula,
} from "./formula/parse-formula";
export { gather, rowsOf } from "./gather";
export { type FiniteGroup, inverses, isCommutative, largestOrder } from "./group/finite-group";
export { type GroupTask, type GroupTaskOptions, groupTask } from "./group/group-task";
export { findGroup, groupSyntax } from "./group/parse-group";
export { type LayoutName, layoutNames } from "./layout/catalogue";
export type { Cell, Layout } from "./layout/layout";
export { type LabelNoise, withLabelNoise } from "./noise/label-noise";
export { findOperation, isPrime, type OperationName, operations } from "./operation/catalogue";
export type { Operation } from "./operation/operation";
export {
  type Permutation,
  type PermutationGroup,
  permutationCount,
  permutationGroup,
} from "./operation/permutations";
export { type RandomStream, randomStream } from "./random/stream";
export {
  type ProjectionTask,
  type ProjectionTaskOptions,
  projectionTask,
} from "./regression/projection-task";
export { type Split, split, trainSize } from "./split";
export {
  type OperationTable,
  operationTable,
  type TableTaskOptions,
  tableOf,
  tableTask,
} from "./table/operation-table";
export { parseOperationTable } from "./table/parse-table";
export {
  type AdditionDataset,
  type AdditionTask,
  type AdditionTaskOptions,
  additionTask,
  additionTokens,
} from "./task/addition";
export { batchOf, featureShape, tokenShape } from "./task/batch-of";
export { type BinaryTask, type BinaryTaskOptions, binaryTask } from "./task/binary";
export { additionCurriculum, type Curriculum, type CurriculumStage } from "./task/curriculum";
export {
  type BinaryDataset,
  type EquationTask,
  type EquationTaskOptions,
  equationTask,
} from "./task/equation";
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
