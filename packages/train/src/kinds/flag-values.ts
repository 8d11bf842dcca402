/**
 * The flags of built-in kinds in camelCase, with their values in code. It is written by
 * flag-values.test.ts from the kinds: `GROK_WRITE=1 vitest run packages/train/src/kinds`, then format.
 */
export interface FlagValues {
  /** what is learned; --op chooses between modular and permutation by itself */
  task?:
    | "modular"
    | "permutation"
    | "addition"
    | "parity"
    | "group"
    | "formula"
    | "table"
    | "polynomial"
    | "images"
    | "csv";
  /** the operation, modulo p or on S5 */
  op?:
    | "+"
    | "-"
    | "*"
    | "/"
    | "*1"
    | "x2+y2"
    | "x2+xy+y2"
    | "x2+xy+y2+x"
    | "x3+xy"
    | "x3+xy2+y"
    | "/-"
    | "+*"
    | "+-"
    | "s5"
    | "s5conj"
    | "s5aba";
  /** the modulus */
  p?: number;
  /** how an equation becomes tokens; the model's own by default */
  layout?: "mlx" | "power" | "openai" | "nanda" | "pair" | "one-hot";
  /** share of all equations to train on; the rest validates */
  trainFraction?: number;
  /** digits of an operand */
  digits?: number;
  /** stages of addition as STEPS:DIGITS,…; the last continues */
  curriculum?: string | number | readonly string[];
  /** sums in the test set */
  testSize?: number;
  /** decides the test set, whatever the run's seed */
  testSeed?: number;
  /** bits of an example */
  bits?: number;
  /** bits whose parity is the answer */
  relevant?: number;
  /** different examples in all */
  samples?: number;
  /** decides the relevant bits and the examples */
  bitsSeed?: number;
  /** give an MLP the bits as the numbers −1 and 1 instead of tokens */
  signs?: boolean;
  /** the group by name: C7 (cyclic), D5 (dihedral, of 10 elements), S4 (symmetric), A5 (alternating), Q8 (quaternion, the number is its order), C2xC4 (direct product), C7:2C3 (semidirect: the generator of C3 multiplies C7 by 2) */
  group?: string | number | readonly string[];
  /** the operation: a, b, whole numbers, + - * / and ^ with a whole number, and parentheses, as in a^2 + a*b */
  formula?: string | number | readonly string[];
  /** the file with the operation's table, JSON or CSV: a row for each a, an entry for each b */
  table?: string | number | readonly string[];
  /** numbers of an example */
  features?: number;
  /** the polynomial's coefficients from the constant up, separated by commas */
  coefficients?: string | number | readonly string[] | readonly number[];
  /** random directions whose polynomials are averaged */
  projections?: number;
  /** standard deviation of normal noise that is added to every target */
  targetDeviation?: number;
  /** decides the directions and the examples */
  dataSeed?: number;
  /** the file: CSV with a line of column names, or images in IDX form */
  data?: string | number | readonly string[];
  /** the IDX file of the images' labels */
  labels?: string | number | readonly string[];
  /** images that are taken, from the first; all by default */
  imageCount?: number | null;
  /** the column to predict; the last by default */
  target?: string | number | readonly string[] | null;
  /** whether the column to predict is a label or a number; auto: a number if some is no whole one, or if it has over 100 different ones */
  answer?: "auto" | "label" | "value";
  /** shift and scale each input column to mean 0 and deviation 1 */
  standardize?: boolean;
  /** the network's architecture */
  model?:
    | "mlx"
    | "mlx-ungated"
    | "mlx-swiglu"
    | "power"
    | "openai"
    | "danielmamay"
    | "grokfast"
    | "nanda"
    | "addition-777"
    | "tiny-modular"
    | "mlp"
    | "order-parameters"
    | "prieto"
    | "quadratic"
    | "committee";
  /** features of a token's state */
  dModel?: number;
  /** attention heads; they divide the state's features */
  nHeads?: number;
  /** blocks of attention and feed-forward */
  nLayers?: number;
  /** hidden features of the feed-forward over d-model; SwiGLU of mlx takes two thirds */
  mlpMult?: number;
  /** share of the feed-forward's features dropped */
  dropout?: number;
  /** how a token's position reaches the network */
  positions?: "learned" | "sinusoidal" | "rotary";
  /** give the feed-forward's linear maps biases */
  ffnBias?: boolean;
  /** compute the logits with the token embedding */
  tiedHead?: boolean;
  /** hidden features of the feed-forward; by default they follow from mlp-mult */
  ffnHidden?: number | null;
  /** what hidden features pass; of a transformer's feed-forward or of an MLP */
  activation?: "relu" | "gelu" | "silu" | "tanh" | "square" | "none";
  /** gate the feed-forward (SwiGLU); needs activation silu */
  gated?: boolean;
  /** normalisation of a token's state: RMSNorm, LayerNorm or none */
  norm?: "rms" | "layer" | "none";
  /** where norms stand: before attention and feed-forward, after them, or before attention instead of the state */
  normPosition?: "pre" | "post" | "stream";
  /** added to a norm's variance or mean square */
  normEps?: number;
  /** give LayerNorm a bias beside its gain */
  normBias?: boolean;
  /** normalise the state once more before the logits */
  finalNorm?: boolean;
  /** give attention's linear maps biases */
  attentionBias?: boolean;
  /** give the map to the logits a bias */
  headBias?: boolean;
  /** base of rotary positions' frequencies; 10,000 if the network was made for others */
  rotaryBase?: number | null;
  /** positions that the network has; at least those of an example */
  context?: number;
  /** features of a head; by default the state's are shared out among the heads */
  headWidth?: number | null;
  /** share of attention by softmax; the rest is uniform (Zhong et al. 2023) */
  attentionRate?: number;
  /** what initial weights are drawn from, after the code that it comes from */
  initialisation?:
    | "mlx"
    | "pytorch"
    | "pytorch-attention"
    | "pytorch-encoder"
    | "pytorch-small-tables"
    | "nanda"
    | "flax"
    | "fan-in-normal"
    | "analytic";
  /** standard deviation of the normal that initial token embeddings are drawn from; by default the initialisation's own */
  embeddingDeviation?: number | null;
  /** standard deviation of the normal that initial weights of linear maps are drawn from; by default the initialisation's own */
  weightDeviation?: number | null;
  /** standard deviation of the normal that initial biases of linear maps are drawn from; by default the initialisation's own */
  biasDeviation?: number | null;
  /** standard deviation of the normal that initial position embeddings are drawn from; by default the initialisation's own */
  positionDeviation?: number | null;
  /** standard deviation of the normal that initial query, key and value weights are drawn from; by default the initialisation's own */
  projectionDeviation?: number | null;
  /** standard deviation of the normal that initial biases inside attention are drawn from; by default the initialisation's own */
  attentionBiasDeviation?: number | null;
  /** standard deviation of the normal that initial weights of the map to the logits are drawn from; by default the initialisation's own */
  unembeddingDeviation?: number | null;
  /** features of an MLP's embedding */
  embedDim?: number;
  /** features of an MLP's hidden layers */
  width?: number;
  /** linear layers of an MLP, the last one included */
  depth?: number;
  /** an MLP's hidden pre-activations are multiplied by width^−alpha */
  alpha?: number;
  /** give an MLP's linear maps biases */
  biases?: boolean;
  /** how an MLP sees tokens: by an embedding that all share, or as a vector with a one for each; real-valued inputs it takes as they are */
  input?: "embedding" | "one-hot";
  /** ε of a committee's features h + ε/2·h² (Kumar et al. 2024) */
  curvature?: number;
  /** every initial parameter is multiplied by it (Omnigrok's α) */
  initScale?: number;
  /** logits are multiplied by it (α of Kumar et al. 2024) */
  outputScale?: number;
  /** how the weights follow from the gradients */
  optimizer?: "adamw" | "adam" | "sgd" | "lion" | "muon";
  /** learning rate, after warm-up */
  lr?: number;
  /** weight decay, on every parameter */
  weightDecay?: number;
  /** zero: shrinks weights by lr·decay; init: the same towards the initial weights; l2: adds decay·weight to the gradient; loss: the same before gradient transforms, as a term of the loss does */
  decay?: "zero" | "init" | "l2" | "loss";
  /** steps over which the learning rate rises from 0 */
  warmupSteps?: number;
  /** what warm-up counts the first step as; with 0 its learning rate is 0 */
  warmupOffset?: string | number | readonly string[];
  /** the learning rate after warm-up */
  schedule?: "constant" | "cosine";
  /** learning rate at the end of a cosine */
  finalLr?: number;
  /** step at which a cosine ends; the last by default */
  scheduleSteps?: number;
  /** decay rate of the gradient's mean */
  beta1?: number;
  /** decay rate of the squared gradient's mean */
  beta2?: number;
  /** added to the root of the squared gradient's mean */
  eps?: number;
  /** correct Adam's means for their start at zero */
  biasCorrection?: boolean;
  /** share of the last update that is kept */
  momentum?: number;
  /** look ahead along the momentum (Nesterov) */
  nesterov?: boolean;
  /** learning rate of AdamW for what is no hidden matrix, beside Muon */
  adamLr?: number;
  /** largest global norm of the gradient */
  clip?: number | null;
  /** amplify the gradient's slow part: its exponential or windowed average */
  grokfast?: "none" | "ema" | "ma";
  /** momentum of Grokfast's average */
  grokfastAlpha?: number;
  /** how much Grokfast adds to the gradient */
  grokfastLambda?: number;
  /** gradients in Grokfast's window */
  grokfastWindow?: number;
  /** use only the gradient's part orthogonal to the weights (⊥Grad) */
  orthograd?: boolean;
  /** make each matrix's gradient G into (GGᵀ)^−½G (egalitarian gradient descent) */
  egalitarian?: boolean;
  /** norm that all weights together are scaled back to after each step (Omnigrok) */
  weightNorm?: number | null;
  /** parameters with a learning rate or weight decay of their own, frozen, or past all gradient transforms (untransformed), by name or pattern: layers.*.bias:weight-decay=0;tokenEmbedding:frozen */
  parameterGroups?: string | number | readonly string[];
  /** updates to make */
  steps?: number;
  /** passes over the training set to make, instead of --steps */
  epochs?: number;
  /** epoch: all examples, reshuffled each epoch; replacement: independent draws; full: all, every step; stream: new examples, without end */
  batchMode?: "epoch" | "replacement" | "full" | "stream";
  /** examples per step */
  batchSize?: number;
  /** decides which examples each step draws, and nothing else; default the run's seed */
  batchSeed?: number;
  /** softmax: cross-entropy by softmax; stablemax: cross-entropy by StableMax; mse: mean squared error, to one-hot or real-valued answers; hinge: hinge loss: what a right answer's output lacks of its margin; smoothed: cross-entropy by softmax with label smoothing */
  loss?: "softmax" | "stablemax" | "mse" | "hinge" | "smoothed";
  /** float64: loss and slopes as if of the logits in double precision, so that examples whose probability rounds to 1 in float32 still teach */
  lossPrecision?: "float32" | "float64";
  /** the target of the right answer's output */
  targetScale?: number;
  /** subtracted from the one-hot targets before their scale; 1/classes centers them */
  targetCenter?: number;
  /** by how much the right output must lead */
  margin?: number;
  /** share of the target that is spread over all classes */
  smoothing?: number;
  /** share of the training labels that are replaced by false ones, decided by the seed */
  labelNoise?: number;
  /** running: mean over the examples since the last evaluation, as trained on; full: the whole training set */
  trainMetric?: "running" | "full";
  /** steps between evaluations */
  evalEvery?: number;
  /** evaluate after the first step too */
  evalAtStart?: boolean;
  /** validation accuracy, or explained share of values' variance (R²), that counts as grokked */
  grokThreshold?: number;
  /** validation loss at which a run has grokked, instead of grok-threshold */
  grokLoss?: number | null;
  /** training loss at which a run has memorised, instead of an accuracy above 0.99 */
  memLoss?: number | null;
  /** stop at the first evaluation that has grokked */
  stopOnGrok?: boolean;
  /** columns to compute at each evaluation, separated by commas: progress, order-parameters, numerics, sharpness, learning-coefficient, subnetwork, target-alignment, clock-pizza; single ones of fourier-losses, gini, weight-norm, rqi, circularity, effective-rank, participation-ratio, kernel-alignment, snr, ipr, softmax, gradient, gradient-symmetricity, distance-irrelevance; default (those that are cheap), all (except learning-coefficient), or none */
  metrics?: string | number | readonly string[];
  /** evaluations for each one that has metrics, besides the last and where it groks; with --metrics default as many as keep them under a tenth of the time */
  metricsEvery?: number;
  /** add the group order-parameters to --metrics */
  orderParams?: boolean;
  /** steps between checkpoints; 0: only where the run ends */
  checkpointEvery?: number;
  /** further steps with a checkpoint, which are kept whatever keep-checkpoints says */
  checkpointAt?: string | number | readonly string[] | readonly number[];
  /** checkpoints to keep: so many of the newest, all, or the newest two and those every this many steps or so many per doubling of the step */
  keepCheckpoints?: number;
  /** what changes after a step, as 5000: weight-decay=0 freeze=tokenEmbedding; repeat it for further steps */
  change?: string | number | readonly string[];
  /** decides weights, split, batches and dropout */
  seed?: number;
  /** the backend that the run uses */
  backend?: "auto" | "webgpu" | "wasm" | "cpu";
  /** threads; by default as many as are fastest, at most the cores */
  threads?: number | null;
  /** compute a prefix that sequences of a batch share once */
  sharedPrefixes?: boolean;
  /** compute the last layer only where answers are read */
  answerOnly?: boolean;
  /** compute what depends on one token only once per token */
  tokenTables?: boolean;
}
