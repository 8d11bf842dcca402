export {
  type AblateOptions,
  type Ablation,
  type AblationMode,
  ablate,
  ablation,
  ablationModes,
} from "./ablate";
export { type Activation, readActivations } from "./activations";
export {
  type Component,
  type ComponentCounts,
  componentsOf,
  componentText,
  headsOf,
  parseComponent,
  siteOf,
} from "./component";
export { type FrequencyCut, withoutFrequencies } from "./frequency";
export { type GradientAttribution, gradientAttribution } from "./gradient-attribution";
export { type LogitContribution, logitAttribution } from "./logit-attribution";
export { inspectNeuron, type NeuronDetail } from "./neuron";
export { type InspectedNeuron, inspectNeurons, type NeuronWave } from "./neurons";
export { outgoingRows, type ParameterRows } from "./outgoing";
export type { Part } from "./parts";
export { type PatchSource, patch, patching } from "./patch";
export { cutPath, type PathEnd } from "./path";
export { type PrunedRow, type PruneOptions, pruneNeurons } from "./prune";
export {
  answerSubject,
  type PassChange,
  passPart,
  type SubjectAnswers,
  type SubjectScore,
  scoreSubject,
} from "./score";
export type { Site } from "./site";
export { hasAllPairs, type NamedParameters, type Subject } from "./subject";
export { maxSingleFrequencies, type SurveyOptions, type SurveyRow, survey } from "./survey";
