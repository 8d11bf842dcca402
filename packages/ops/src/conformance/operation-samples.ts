import { sampleAttention, sampleNarrowAttention } from "./attention-samples";
import {
  sampleActivate,
  sampleAdd,
  sampleDropout,
  sampleReshape,
  sampleScale,
  sampleSwiglu,
} from "./elementwise-samples";
import { sampleEmbedding, sampleEmbeddingSum, sampleEmbeddingTables } from "./embedding-samples";
import { sampleLayerNorm, sampleLinear, sampleLinearRelu, sampleRmsNorm } from "./layer-samples";
import {
  sampleHinge,
  sampleLabelSquaredError,
  sampleSmoothing,
  sampleSoftmaxCrossEntropy,
  sampleSquaredError,
} from "./loss-samples";
import type { Sampler } from "./sampler";

/** Samplers of every differentiable operation of this package, by name. */
export const operationSamplers: Record<string, Sampler> = {
  activate: sampleActivate,
  add: sampleAdd,
  attention: sampleAttention,
  crossEntropySmoothing: sampleSmoothing,
  dropout: sampleDropout,
  embedding: sampleEmbedding,
  embeddingSum: sampleEmbeddingSum,
  embeddingTables: sampleEmbeddingTables,
  hinge: sampleHinge,
  labelSquaredError: sampleLabelSquaredError,
  layerNorm: sampleLayerNorm,
  linear: sampleLinear,
  "linear with relu": sampleLinearRelu,
  narrowAttention: sampleNarrowAttention,
  reshape: sampleReshape,
  rmsNorm: sampleRmsNorm,
  scale: sampleScale,
  softmaxCrossEntropy: sampleSoftmaxCrossEntropy,
  squaredError: sampleSquaredError,
  swiglu: sampleSwiglu,
};
