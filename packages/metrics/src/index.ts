export { distanceIrrelevance } from "./clock-pizza/distance-irrelevance";
export {
  type AskedLogit,
  gradientSymmetricity,
} from "./clock-pizza/gradient-symmetricity";
export { componentsOf, fourierBasis, highestFrequency } from "./fourier/basis";
export { frequencyLottery, type LotteryWinner } from "./fourier/frequency-lottery";
export { gini } from "./fourier/gini";
export {
  checkFrequencies,
  type KeyFrequenciesOptions,
  keyFrequencies,
} from "./fourier/key-frequencies";
export {
  type NeuronFrequencies,
  neuronFrequencies,
  neuronKeyFrequencies,
} from "./fourier/neuron-frequencies";
export {
  type AddingNeuron,
  addingNeurons,
  inverseParticipation,
  type NeuronWaves,
  neuronParticipation,
  neuronWaves,
} from "./fourier/neuron-waves";
export { type FourierSpectrum, fourierSpectrum } from "./fourier/spectrum";
export { fourierTransform } from "./fourier/transform";
export { type AnswerMap, type AnswerMapOptions, answerMap } from "./geometry/answer-map";
export { circularity } from "./geometry/circularity";
export { type FourierPlane, fourierPlane } from "./geometry/fourier-plane";
export { pairSpectrum } from "./geometry/pair-spectrum";
export { type PrincipalComponents, principalComponents } from "./geometry/principal-components";
export {
  type AccuracyRecord,
  type DetectionRecord,
  detectGrok,
  GrokDetector,
  type GrokDetectorOptions,
  type Milestones,
} from "./grok-detector";
export { type Eigensystem, eigensystem, singularValues } from "./matrix/decomposition";
export { type Matrix, matrixOf, readMatrix, selectRows } from "./matrix/matrix";
export { type Anatomy, type LogitFactor, type MlpShape, unknownAnatomy } from "./measure/anatomy";
export {
  computeMeasures,
  measures,
  type SelectedMeasures,
  selectMeasures,
} from "./measure/catalogue";
export type { Measure, MeasureCost, MeasureGroup, MeasureValues } from "./measure/measure";
export {
  addingWeights,
  inputWeight,
  neuronLogitMap,
  operandEmbeddings,
} from "./measure/network-weights";
export { hasAddingNeurons } from "./measure/requirement";
export { type NamedParameters, type RunContext, Snapshot } from "./measure/snapshot";
export { effectiveRank } from "./order-parameters/effective-rank";
export { type FourierSignalOptions, fourierSignal } from "./order-parameters/fourier-signal";
export { kernelAlignment, kernelAlignmentDebiased } from "./order-parameters/kernel-alignment";
export {
  mlpTangentKernel,
  type TangentInputs,
  type TangentOutput,
} from "./order-parameters/mlp-tangent-kernel";
export {
  covariance,
  participationRatio,
  readCovariance,
} from "./order-parameters/participation-ratio";
export type { LinearLayer, ReluMlp } from "./order-parameters/relu-mlp";
export {
  type IntegerStream,
  type RepresentationQualityOptions,
  representationQuality,
} from "./order-parameters/representation-quality";
export { type TangentKernelOptions, tangentKernel } from "./order-parameters/tangent-kernel";
export { targetAlignment } from "./order-parameters/target-alignment";
export { type CyclicGroup, cyclicGroup } from "./progress/cyclic-group";
export {
  type AblationOptions,
  cosineCoefficients,
  excludedLoss,
  pairLoss,
  restrictedLoss,
} from "./progress/losses";
export {
  type AnsweredPairs,
  type PairLogits,
  pairLogits,
  pairsAmong,
} from "./progress/pair-logits";
export { type SumSpectrum, sumSpectrum } from "./progress/sum-spectrum";
export { type Predictions, scoreDataset } from "./score";
export { type ScoredRecord, scoreOf } from "./score-of";
export {
  type ChainStream,
  type LearningCoefficient,
  type LearningCoefficientOptions,
  localLearningCoefficient,
  stableStepSize,
} from "./sharpness/learning-coefficient";
export type { LossAt, ParameterTensors } from "./sharpness/parameter-vector";
export {
  type NormalStream,
  type Sharpness,
  type SharpnessOptions,
  sharpness,
} from "./sharpness/sharpness";
export {
  type SparseSubnetwork,
  type SparseSubnetworkOptions,
  sparseSubnetwork,
} from "./subnetwork/sparse-subnetwork";
export { type Score, Tally } from "./tally";
export { weightNorm } from "./weight-norm";
