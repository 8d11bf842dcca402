import type * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "../batch";
import type { Parameters } from "../parameters/draw";
import type { ParameterSpecification } from "../parameters/specification";
import type { Shortcuts } from "../plan/shortcuts";
import type { PointHooks } from "../point/at";
import type { Point } from "../point/point";
import type { Anatomy } from "./anatomy";

/** What a network's forward pass needs to know about a batch. It can be kept and used again. */
export interface Plan {
  /** Frees tensors that the plan owns; a plan of plain arrays does without. */
  dispose?(): void;
}

/** Settings of {@link Network.plan}. */
export interface PlanOptions {
  /** Work that is left out if the answers do not need it; all on by default. */
  shortcuts?: Partial<Shortcuts>;
  /** Whether the forward pass drops features out (it has a `dropoutKey`); default false. */
  dropout?: boolean;
  /**
   * Whether points are looked at (`at` of the forward pass), so that every position of every example
   * has a row of its own: no shortcuts are taken then. Default false.
   */
  points?: boolean;
}

/** Settings of {@link Network.forward}. */
export interface PlannedOptions {
  /** Chooses the dropout masks of a training step, an integer; absent for evaluation. */
  dropoutKey?: number;
  /**
   * What is done at points of the pass: each hook sees the tensor of its point, with the axes that
   * `points` of the network says, and may replace it. Gradients go through; scores and patterns of
   * attention are stock operations of tfjs, so they need `registerStockGradients` of @grok/ops.
   *
   * It needs a plan that was made with `points`, except with `sharedRows`.
   */
  at?: PointHooks;
  /**
   * Whether the hooks treat all rows alike, so that any plan will do: they see rows that sequences
   * share as examples of one position each. Default false.
   */
  sharedRows?: boolean;
  /**
   * Called with the last hidden activations where answers are read: those of the last feed-forward's
   * neurons (with SwiGLU, its product) or of an MLP's last hidden layer, [answers, neurons]. They do
   * not outlive the call.
   */
  onHidden?: (activations: tf.Tensor) => void;
}

/** How much work a network does, from its sizes alone. */
export interface NetworkCost {
  /** How often an example of that many tokens passes the parameters. */
  tokensPerExample(length: number): number;
  /** Numbers of an example that the first layer gives, at least. */
  readonly inputWidth: number;
}

/**
 * A network: its parameters, and its outputs for a batch. {@link networkOf} makes the built-in ones
 * from a config, {@link defineNetwork} makes others from shapes and a function.
 */
export interface Network<P extends Plan = Plan> {
  /** All parameters, in a fixed order. */
  readonly parameters: readonly ParameterSpecification[];
  /** Whether training drops features out. */
  readonly hasDropout: boolean;
  readonly anatomy: Anatomy;
  /** The named places of a forward pass that `at` may look at, in their order. */
  readonly points: readonly Point[];
  readonly cost: NetworkCost;
  /**
   * Initial parameters, a pure function of the seed.
   *
   * @returns tensors that outlive any tidy scope: the caller disposes of them
   */
  initialise(seed: number): Parameters;
  /**
   * Plans the forward pass of a batch. A plan depends on the batch's inputs only, so for a batch that
   * comes back (full-batch training, an evaluation set) it can be made once.
   *
   * @throws RangeError if the batch does not fit the network
   */
  plan(batch: TokenBatch, options?: PlanOptions): P;
  /**
   * Outputs of a planned batch, by operations with gradients; pure in its arguments.
   *
   * @returns [size · answerPositions, classes], all answers of an example together
   */
  forward(parameters: Parameters, plan: P, options?: PlannedOptions): tf.Tensor2D;
  /**
   * How much each position attends to each, if the network has attention.
   *
   * @returns per layer [size, heads, length, length]: sequence, head, from, to
   */
  attention?(parameters: Parameters, batch: TokenBatch): tf.Tensor4D[];
}
