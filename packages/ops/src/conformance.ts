export {
  compareOperation,
  type OperationReport,
  wgslTolerance,
} from "./conformance/compare-operation";
export { operationSamplers } from "./conformance/operation-samples";
export { RandomSource } from "./conformance/random-source";
export { referenceResults } from "./conformance/reference-results";
export {
  evaluateSample,
  outputGradient,
  relativeDifference,
  type Sample,
  type SampleResult,
  type TensorData,
  toTensor,
} from "./conformance/sample";
export type { Sampler } from "./conformance/sampler";
export { updateSamplers } from "./conformance/update-samples";
export { wrongIndexMessage, wrongIndices } from "./conformance/wrong-indices";
