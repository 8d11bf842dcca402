/**
 * The settings of experiments of built-in kinds, as types. It is written by experiment-settings.test.ts
 * from the kinds: `GROK_WRITE=1 vitest run packages/train/src/kinds`, then format.
 */

/** A task, by its kind. */
export type TaskSettings =
  | {
      /** a binary operation modulo p */
      kind: "modular";
      /** the operation modulo p */
      op:
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
        | "+-";
      /** the modulus */
      p: number;
      /** how an equation becomes tokens; the model's own by default */
      layout: "mlx" | "power" | "openai" | "nanda" | "pair" | "one-hot";
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
    }
  | {
      /** a binary operation on the 120 permutations of five things */
      kind: "permutation";
      /** the operation on the 120 permutations of S5 */
      op: "s5" | "s5conj" | "s5aba";
      /** how an equation becomes tokens; the model's own by default */
      layout: "mlx" | "power" | "openai" | "nanda" | "pair" | "one-hot";
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
    }
  | {
      /** addition of numbers of many digits, digit by digit; its examples never end */
      kind: "addition";
      /** digits of an operand */
      digits: number;
      /** stages of training, each with its most digits; the last continues */
      curriculum: {
        steps: number;
        digits: number;
      }[];
      /** sums in the test set */
      testSize: number;
      /** decides the test set, whatever the run's seed */
      testSeed: number;
    }
  | {
      /** the parity of a few among many bits */
      kind: "parity";
      /** bits of an example */
      bits: number;
      /** bits whose parity is the answer */
      relevant: number;
      /** different examples in all */
      samples: number;
      /** decides the relevant bits and the examples */
      bitsSeed: number;
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
      /** give an MLP the bits as the numbers −1 and 1 instead of tokens */
      signs: boolean;
    }
  | {
      /** the product of a finite group */
      kind: "group";
      /** the group by name: C7 (cyclic), D5 (dihedral, of 10 elements), S4 (symmetric), A5 (alternating), Q8 (quaternion, the number is its order), C2xC4 (direct product), C7:2C3 (semidirect: the generator of C3 multiplies C7 by 2) */
      group: string;
      /** how an equation becomes tokens; the model's own by default */
      layout: "mlx" | "power" | "openai" | "nanda" | "pair" | "one-hot";
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
    }
  | {
      /** an operation modulo p, as a formula of a and b */
      kind: "formula";
      /** how an equation becomes tokens; the model's own by default */
      layout: "mlx" | "power" | "openai" | "nanda" | "pair" | "one-hot";
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
      /** the operation: a, b, whole numbers, + - * / and ^ with a whole number, and parentheses, as in a^2 + a*b */
      formula: string;
      /** the modulus */
      p: number;
    }
  | {
      /** any operation on finitely many elements, from a file with its table */
      kind: "table";
      /** the file with the operation's table, JSON or CSV: a row for each a, an entry for each b */
      table: string;
      /** how an equation becomes tokens; the model's own by default */
      layout: "mlx" | "power" | "openai" | "nanda" | "pair" | "one-hot";
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
    }
  | {
      /** regression on a polynomial of random projections of normal inputs */
      kind: "polynomial";
      /** numbers of an example */
      features: number;
      /** the polynomial's coefficients from the constant up, separated by commas */
      coefficients: number[];
      /** random directions whose polynomials are averaged */
      projections: number;
      /** standard deviation of normal noise that is added to every target */
      targetDeviation: number;
      /** different examples in all */
      samples: number;
      /** decides the directions and the examples */
      dataSeed: number;
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
    }
  | {
      /** classification of images in IDX files, MNIST's form */
      kind: "images";
      /** the file: CSV with a line of column names, or images in IDX form */
      data: string;
      /** the IDX file of the images' labels */
      labels: string;
      /** images that are taken, from the first; all by default */
      imageCount: number | null;
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
    }
  | {
      /** prediction of one column of a CSV file, a label or a number, from its numeric others */
      kind: "csv";
      /** the file: CSV with a line of column names, or images in IDX form */
      data: string;
      /** the column to predict; the last by default */
      target: string | null;
      /** whether the column to predict is a label or a number; auto: a number if some is no whole one, or if it has over 100 different ones */
      answer: "auto" | "label" | "value";
      /** shift and scale each input column to mean 0 and deviation 1 */
      standardize: boolean;
      /** share of all equations to train on; the rest validates */
      trainFraction: number;
    };

/** What every {@link ModelSettings} has. */
export interface CommonModelSettings {
  /** every initial parameter is multiplied by it (Omnigrok's α) */
  initialScale: number;
  /** logits are multiplied by it (α of Kumar et al. 2024) */
  outputScale: number;
}

/** A network, by its name. */
export type ModelSettings = CommonModelSettings &
  (
    | {
        /** mlx: rotary positions, RMSNorm, SwiGLU of two thirds; mlx-ungated: as mlx, with a feed-forward of two matrices; mlx-swiglu: as mlx, with a wider SwiGLU and dropout; power: PyTorch's post-norm encoder; openai: post-norm, without biases, sinusoidal positions; danielmamay: post-norm, without biases, learned positions; grokfast: norms in the stream, GELU; nanda: one layer without norms; addition-777: 777 parameters that add ten digits; tiny-modular: 1,162 parameters for modular addition */
        architecture:
          | "mlx"
          | "mlx-ungated"
          | "mlx-swiglu"
          | "power"
          | "openai"
          | "danielmamay"
          | "grokfast"
          | "nanda"
          | "addition-777"
          | "tiny-modular";
        /** features of a token's state */
        dModel: number;
        /** attention heads; they divide the state's features */
        heads: number;
        /** blocks of attention and feed-forward */
        layers: number;
        /** hidden features of the feed-forward over d-model; SwiGLU of mlx takes two thirds */
        mlpMult: number;
        /** share of the feed-forward's features dropped */
        dropout: number;
        /** how a token's position reaches the network */
        positions?: "learned" | "sinusoidal" | "rotary" | undefined;
        /** give the feed-forward's linear maps biases */
        ffnBias?: boolean | undefined;
        /** compute the logits with the token embedding */
        tiedHead?: boolean | undefined;
        /** hidden features of the feed-forward; by default they follow from mlp-mult */
        ffnHidden: number | null;
        /** what hidden features pass; of a transformer's feed-forward or of an MLP */
        activation?: "relu" | "gelu" | "silu" | "tanh" | "square" | "none" | undefined;
        /** gate the feed-forward (SwiGLU); needs activation silu */
        gated?: boolean | undefined;
        /** normalisation of a token's state: RMSNorm, LayerNorm or none */
        norm?: "rms" | "layer" | "none" | undefined;
        /** where norms stand: before attention and feed-forward, after them, or before attention instead of the state */
        normPosition?: "pre" | "post" | "stream" | undefined;
        /** added to a norm's variance or mean square */
        normEps?: number | undefined;
        /** give LayerNorm a bias beside its gain */
        normBias?: boolean | undefined;
        /** normalise the state once more before the logits */
        finalNorm?: boolean | undefined;
        /** give attention's linear maps biases */
        attentionBias?: boolean | undefined;
        /** give the map to the logits a bias */
        headBias?: boolean | undefined;
        /** base of rotary positions' frequencies; 10,000 if the network was made for others */
        rotaryBase?: number | null | undefined;
        /** positions that the network has; at least those of an example */
        context?: number | undefined;
        /** features of a head; by default the state's are shared out among the heads */
        headWidth: number | null;
        /** share of attention by softmax; the rest is uniform (Zhong et al. 2023) */
        attentionRate: number;
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
          | undefined;
        /** standard deviation of the normal that initial token embeddings are drawn from; by default the initialisation's own */
        embeddingDeviation: number | null;
        /** standard deviation of the normal that initial weights of linear maps are drawn from; by default the initialisation's own */
        weightDeviation: number | null;
        /** standard deviation of the normal that initial biases of linear maps are drawn from; by default the initialisation's own */
        biasDeviation: number | null;
        /** standard deviation of the normal that initial position embeddings are drawn from; by default the initialisation's own */
        positionDeviation: number | null;
        /** standard deviation of the normal that initial query, key and value weights are drawn from; by default the initialisation's own */
        projectionDeviation: number | null;
        /** standard deviation of the normal that initial biases inside attention are drawn from; by default the initialisation's own */
        attentionBiasDeviation: number | null;
        /** standard deviation of the normal that initial weights of the map to the logits are drawn from; by default the initialisation's own */
        unembeddingDeviation: number | null;
      }
    | {
        /** embeds its operands */
        architecture: "mlp";
        /** features of an MLP's embedding */
        embedDim: number;
        /** features of an MLP's hidden layers */
        width: number;
        /** linear layers of an MLP, the last one included */
        depth: number;
        /** an MLP's hidden pre-activations are multiplied by width^−alpha */
        alpha: number;
        /** what hidden features pass; of a transformer's feed-forward or of an MLP */
        activation?: "relu" | "gelu" | "silu" | "tanh" | "square" | "none" | undefined;
        /** give an MLP's linear maps biases */
        biases?: boolean | undefined;
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
          | "analytic"
          | undefined;
        /** how an MLP sees tokens: by an embedding that all share, or as a vector with a one for each; real-valued inputs it takes as they are */
        input?: "embedding" | "one-hot" | undefined;
        /** standard deviation of the normal that initial token embeddings are drawn from; by default the initialisation's own */
        embeddingDeviation: number | null;
        /** standard deviation of the normal that initial weights of linear maps are drawn from; by default the initialisation's own */
        weightDeviation: number | null;
        /** standard deviation of the normal that initial biases of linear maps are drawn from; by default the initialisation's own */
        biasDeviation: number | null;
      }
    | {
        /** order-parameters: one hidden layer on one-hot operands; prieto: two hidden layers on one-hot operands, without biases; quadratic: one hidden layer of squares on one-hot operands, without biases */
        architecture: "order-parameters" | "prieto" | "quadratic";
        /** features of an MLP's hidden layers */
        width: number;
        /** linear layers of an MLP, the last one included */
        depth: number;
        /** an MLP's hidden pre-activations are multiplied by width^−alpha */
        alpha: number;
        /** what hidden features pass; of a transformer's feed-forward or of an MLP */
        activation?: "relu" | "gelu" | "silu" | "tanh" | "square" | "none" | undefined;
        /** give an MLP's linear maps biases */
        biases?: boolean | undefined;
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
          | "analytic"
          | undefined;
        /** how an MLP sees tokens: by an embedding that all share, or as a vector with a one for each; real-valued inputs it takes as they are */
        input?: "embedding" | "one-hot" | undefined;
        /** standard deviation of the normal that initial token embeddings are drawn from; by default the initialisation's own */
        embeddingDeviation: number | null;
        /** standard deviation of the normal that initial weights of linear maps are drawn from; by default the initialisation's own */
        weightDeviation: number | null;
        /** standard deviation of the normal that initial biases of linear maps are drawn from; by default the initialisation's own */
        biasDeviation: number | null;
      }
    | {
        /** a mean of nearly linear features of real-valued inputs */
        architecture: "committee";
        /** features of an MLP's hidden layers */
        width: number;
        /** ε of a committee's features h + ε/2·h² (Kumar et al. 2024) */
        curvature: number;
      }
  );

/** What every {@link OptimizerSettings} has. */
export interface CommonOptimizerSettings {
  /** learning rate, after warm-up */
  lr: number;
  /** weight decay, on every parameter */
  weightDecay: number;
  /** zero: shrinks weights by lr·decay; init: the same towards the initial weights; l2: adds decay·weight to the gradient; loss: the same before gradient transforms, as a term of the loss does */
  decay: "zero" | "init" | "l2" | "loss";
  /** steps over which the learning rate rises from 0 */
  warmupSteps: number;
  /** what warm-up counts the first step as; with 0 its learning rate is 0 */
  warmupOffset: number;
  /** parameters with a learning rate or weight decay of their own, frozen, or past all gradient transforms (untransformed), by name or pattern: layers.*.bias:weight-decay=0;tokenEmbedding:frozen */
  parameterGroups: {
    /** name of a parameter, or a pattern in which * stands for any text */
    match: string;
    /** its learning rate; default the optimizer's */
    lr?: number | undefined;
    /** its weight decay; default the optimizer's */
    weightDecay?: number | undefined;
    /** whether it stays as it is; default false */
    frozen?: boolean | undefined;
    /** whether gradient transforms leave its gradients as they are; default false */
    untransformed?: boolean | undefined;
  }[];
  /** the learning rate after warm-up */
  schedule:
    | {
        kind: "constant";
      }
    | {
        kind: "cosine";
        /** learning rate at the end of a cosine */
        finalLr: number;
        /** step at which a cosine ends; the last by default */
        endStep: number;
      };
  /** largest global norm of the gradient */
  clip: number | null;
  /** Grokfast: amplify the gradient's slow part */
  grokfast:
    | {
        kind: "none";
      }
    | {
        kind: "ema";
        /** momentum of Grokfast's average */
        alpha: number;
        /** how much Grokfast adds to the gradient */
        lambda: number;
      }
    | {
        kind: "ma";
        /** gradients in Grokfast's window */
        window: number;
        /** how much Grokfast adds to the gradient */
        lambda: number;
      };
  /** use only the gradient's part orthogonal to the weights (⊥Grad) */
  orthograd: boolean;
  /** make each matrix's gradient G into (GGᵀ)^−½G (egalitarian gradient descent) */
  egalitarian: boolean;
  /** norm that all weights together are scaled back to after each step (Omnigrok) */
  weightNorm: number | "initial" | null;
}

/** An optimizer, by its kind. */
export type OptimizerSettings = CommonOptimizerSettings &
  (
    | {
        /** Adam with decoupled weight decay */
        kind: "adamw";
        /** decay rate of the gradient's mean */
        beta1: number;
        /** decay rate of the squared gradient's mean */
        beta2: number;
        /** added to the root of the squared gradient's mean */
        eps: number;
        /** correct Adam's means for their start at zero */
        biasCorrection: boolean;
      }
    | {
        /** Adam; weight decay is a term of the gradient */
        kind: "adam";
        /** decay rate of the gradient's mean */
        beta1: number;
        /** decay rate of the squared gradient's mean */
        beta2: number;
        /** added to the root of the squared gradient's mean */
        eps: number;
        /** correct Adam's means for their start at zero */
        biasCorrection: boolean;
      }
    | {
        /** gradient descent with momentum */
        kind: "sgd";
        /** share of the last update that is kept */
        momentum: number;
        /** look ahead along the momentum (Nesterov) */
        nesterov: boolean;
      }
    | {
        /** the sign of a mean of gradients */
        kind: "lion";
        /** decay rate of the gradient's mean */
        beta1: number;
        /** decay rate of the squared gradient's mean */
        beta2: number;
      }
    | {
        /** momentum with its singular values set to one, for hidden matrices; AdamW for others */
        kind: "muon";
        /** share of the last update that is kept */
        momentum: number;
        /** look ahead along the momentum (Nesterov) */
        nesterov: boolean;
        /** learning rate of AdamW for what is no hidden matrix, beside Muon */
        adamLr: number;
      }
  );

/** What every {@link TrainingSettings} has. */
export interface CommonTrainingSettings {
  /** updates to make */
  steps: number;
  /** epoch: all examples, reshuffled each epoch; replacement: independent draws; full: all, every step; stream: new examples, without end */
  batch:
    | {
        mode: "epoch";
        /** examples per step */
        size: number;
        /** decides which examples each step draws, and nothing else; default the run's seed */
        seed?: number | undefined;
      }
    | {
        mode: "replacement";
        /** examples per step */
        size: number;
        /** decides which examples each step draws, and nothing else; default the run's seed */
        seed?: number | undefined;
      }
    | {
        mode: "full";
      }
    | {
        mode: "stream";
        /** examples per step */
        size: number;
        /** decides which examples each step draws, and nothing else; default the run's seed */
        seed?: number | undefined;
      };
  /** share of the training labels that are replaced by false ones, decided by the seed */
  labelNoise: number;
  /** running: mean over the examples since the last evaluation, as trained on; full: the whole training set */
  trainMetric: "running" | "full";
  /** steps between evaluations */
  evalEvery: number;
  /** evaluate after the first step too */
  evalAtStart: boolean;
  /** evaluations for each one that has metrics, besides the last and where it groks */
  metricsEvery: number;
  /** validation accuracy, or explained share of values' variance (R²), that counts as grokked */
  grokThreshold: number;
  /** validation loss at which a run has grokked, instead of grok-threshold */
  grokLoss: number | null;
  /** training loss at which a run has memorised, instead of an accuracy above 0.99 */
  memLoss: number | null;
  /** stop at the first evaluation that has grokked */
  stopOnGrok: boolean;
  /** steps between checkpoints; 0: only where the run ends */
  checkpointEvery: number;
  /** further steps with a checkpoint, which are kept whatever keep-checkpoints says */
  checkpointAt: number[];
  /** checkpoints to keep: so many of the newest, all, or the newest two and those every this many steps or so many per doubling of the step */
  keepCheckpoints: number | "all" | `every:${string}` | `log:${string}`;
}

/** The training, by its loss. */
export type TrainingSettings = CommonTrainingSettings &
  (
    | {
        /** cross-entropy by softmax */
        loss: "softmax";
        /** float64: loss and slopes as if of the logits in double precision, so that examples whose probability rounds to 1 in float32 still teach */
        lossPrecision: "float32" | "float64";
      }
    | {
        /** cross-entropy by StableMax */
        loss: "stablemax";
        /** float64: loss and slopes as if of the logits in double precision, so that examples whose probability rounds to 1 in float32 still teach */
        lossPrecision: "float32" | "float64";
      }
    | {
        /** mean squared error, to one-hot or real-valued answers */
        loss: "mse";
        /** the target of the right answer's output */
        targetScale: number;
        /** subtracted from the one-hot targets before their scale; 1/classes centers them */
        targetCenter: number;
      }
    | {
        /** hinge loss: what a right answer's output lacks of its margin */
        loss: "hinge";
        /** by how much the right output must lead */
        margin: number;
      }
    | {
        /** cross-entropy by softmax with label smoothing */
        loss: "smoothed";
        /** share of the target that is spread over all classes */
        smoothing: number;
      }
  );

/** What of an experiment is the same whatever it is made of. */
export interface CommonSettings {
  /** the preset that it began from */
  preset: string;
  /** work that the result does not need and that is left out */
  shortcuts: {
    /** compute a prefix that sequences of a batch share once */
    sharedPrefixes: boolean;
    /** compute the last layer only where answers are read */
    answerOnly: boolean;
    /** compute what depends on one token only once per token */
    tokenTables: boolean;
  };
  /** measures of each evaluation, by the names of @grok/metrics */
  metrics: string[];
  /** what changes after a step, as 5000: weight-decay=0 freeze=tokenEmbedding; repeat it for further steps */
  changes?:
    | {
        /** the step after whose update it holds */
        at: number;
        /** settings that hold from then on, by their place in the experiment */
        set?: Record<string, unknown> | undefined;
        /** what is done to parameters then, in this order */
        edits?:
          | {
              /** kind of the edit */
              kind: string;
              /** parameters that it edits: a name, or a pattern with * */
              match: string;
              [setting: string]: unknown;
            }[]
          | undefined;
        /** whether the optimizer forgets what it has gathered; default false */
        resetOptimizer?: boolean | undefined;
      }[]
    | undefined;
  /** decides weights, split, batches and dropout */
  seed: number;
  /** the backend that the run uses */
  backend: "auto" | "webgpu" | "wasm" | "cpu";
  /** threads; by default as many as are fastest, at most the cores */
  threads: number | null;
  /** the extensions that define parts of the experiment */
  extensions?:
    | {
        /** the extension's own name */
        name: string;
        /** the file that it was loaded from */
        file: string;
        /** digest of the bundled file; null if it was not bundled */
        sha256: string | null;
      }[]
    | undefined;
}
