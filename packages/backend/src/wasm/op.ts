/**
 * The kernels of the WebAssembly module by number. Both the host (TypeScript) and the module
 * (AssemblyScript, `assembly/index.ts`) read this file.
 */
export enum Op {
  /** Does nothing; measures what a dispatch costs. */
  Nothing = 0,
  MatMul = 1,
  SegmentSum = 2,
  Activate = 10,
  ActivateGradient = 11,
  Swiglu = 12,
  SwigluGradient = 13,
  Add = 14,
  Scale = 15,
  Dropout = 16,
  Embedding = 17,
  EmbeddingGradient = 18,
  EmbeddingSum = 19,
  EmbeddingSumGradient = 20,
  SumRows = 21,
  Norm = 22,
  NormGradient = 23,
  Attention = 24,
  AttentionGradient = 25,
  CrossEntropy = 26,
  LabelSquaredError = 27,
  AdamUpdate = 28,
  SgdUpdate = 29,
  LionUpdate = 30,
  SquaredError = 31,
  Hinge = 32,
  LerpUpdate = 40,
  AddScaled = 41,
  GlobalNorm = 42,
  ClipByGlobalNorm = 43,
  OrthogonalGradient = 44,
}
