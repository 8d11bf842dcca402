import { reshape } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "../batch";
import { checkTokens } from "../check-tokens";
import type { Anatomy, LogitFactor } from "../network/anatomy";
import { ConfiguredBase } from "../network/configured";
import type { Network, NetworkCost, PlannedOptions, PlanOptions } from "../network/network";
import { requirePlan } from "../network/require-plan";
import type { InitialValues, Parameters } from "../parameters/draw";
import type { ParameterSpecification } from "../parameters/specification";
import { noShortcuts, resolveShortcuts } from "../plan/shortcuts";
import { planTransformer, type TransformerPlan } from "../plan/transformer";
import { checkHooks, type PointHook, type PointHooks, passPoint } from "../point/at";
import type { Point, TransformerPoint } from "../point/point";
import { PointRows } from "../point/rows";
import { checkTransformerConfig, type TransformerConfig } from "./config";
import { atAnswers, transformerLogits } from "./logits";
import { transformerParameters } from "./parameters";
import { transformerPoints } from "./points";

/** A decoder-only transformer. */
export class TransformerNetwork
  extends ConfiguredBase<TransformerConfig>
  implements Network<TransformerPlan>
{
  get hasDropout(): boolean {
    return this.config.dropout > 0;
  }

  get anatomy(): Anatomy {
    const { layers, heads } = this.config;
    return {
      words: "a transformer",
      embedding: { parameter: "tokenEmbedding", blocks: 1 },
      neuronsToLogits: logitFactors(this.config),
      hidden: true,
      attention: { layers, heads },
      mlp: null,
    };
  }

  get cost(): NetworkCost {
    // The first token's states are few and shared by all.
    return { tokensPerExample: (length) => Math.max(1, length - 1), inputWidth: 0 };
  }

  check(): void {
    checkTransformerConfig(this.config);
  }

  answerCount({
    size,
    answerPositions,
  }: {
    size: number;
    answerPositions: readonly number[];
  }): number {
    return size * answerPositions.length;
  }

  checkBatch(batch: TokenBatch): void {
    const { length, answerPositions } = batch;
    const { vocabulary, context } = this.config;
    checkTokens(batch, vocabulary);
    if (length > context) {
      throw new RangeError(`sequences of ${length} tokens are longer than the context ${context}`);
    }
    const ascending = answerPositions.every(
      (read, i) => i === 0 || read > (answerPositions[i - 1] as number),
    );
    const inside = answerPositions.every(
      (read) => Number.isInteger(read) && read >= 0 && read < length,
    );
    if (answerPositions.length === 0 || !ascending || !inside) {
      throw new RangeError(
        `answerPositions [${answerPositions}] must be at least one position, ascending, each in 0 … ${length - 1}`,
      );
    }
  }

  get points(): Point<TransformerPoint>[] {
    return transformerPoints(this.config);
  }

  plan(
    batch: TokenBatch,
    { shortcuts, dropout = false, points = false }: PlanOptions = {},
  ): TransformerPlan {
    this.checkBatch(batch);
    const resolved = points ? noShortcuts : resolveShortcuts(shortcuts);
    return planTransformer(this.config, batch, resolved, dropout && this.hasDropout);
  }

  forward(
    parameters: Parameters,
    plan: TransformerPlan,
    { dropoutKey, onHidden, at = {}, sharedRows = false }: PlannedOptions = {},
  ): tf.Tensor2D {
    requirePlan(plan, this.config.kind);
    if (dropoutKey !== undefined && this.hasDropout && !plan.separate) {
      throw new RangeError(
        "this plan shares prefixes, which dropout would drop out alike: make it with { dropout: true }",
      );
    }
    checkHooks(at, this);
    checkRows(at, plan, sharedRows);
    const hooks = onHidden === undefined ? at : this.#withHidden(at, plan, onHidden);
    const points = PointRows.of(hooks, sharedRows ? 1 : (plan.plain?.length ?? 1));
    const answers = sharedRows ? 1 : plan.outputs / (plan.plain?.size ?? plan.outputs);
    return this.scaled(
      () => transformerLogits(this.config, parameters, plan, { dropoutKey, points }),
      PointRows.of(at, answers),
    );
  }

  /** The hooks, with one that tells the last hidden activations where answers are read. */
  #withHidden(
    at: PointHooks,
    plan: TransformerPlan,
    onHidden: NonNullable<PlannedOptions["onHidden"]>,
  ): PointHooks {
    const { layers, feedForward } = this.config;
    const name = `layers.${layers - 1}.feedForward.hidden`;
    return {
      ...at,
      [name]: (x) => {
        const hidden = passPoint(at, name, x); // [examples, positions, hidden]
        const rows = reshape(hidden, [hidden.size / feedForward.hidden, feedForward.hidden]);
        onHidden(atAnswers(rows, plan));
        return hidden;
      },
    };
  }

  attention(parameters: Parameters, batch: TokenBatch): tf.Tensor4D[] {
    const plan = this.plan(batch, { points: true });
    return tf.tidy(() => {
      const patterns: tf.Tensor4D[] = [];
      const read: PointHook = (pattern) => void patterns.push(pattern as tf.Tensor4D);
      const hooks = Array.from({ length: this.config.layers }, (_, layer) => [
        `layers.${layer}.attention.pattern`,
        read,
      ]);
      const points = new PointRows(Object.fromEntries(hooks), batch.length);
      transformerLogits(this.config, parameters, plan, { points });
      return patterns;
    });
  }

  initialValues(seed: number): InitialValues[] {
    return this.drawn({ ...this.config, width: this.config.dModel }, seed);
  }

  protected list(): ParameterSpecification[] {
    return transformerParameters(this.config);
  }
}

/** @throws RangeError for hooks that the rows of the plan cannot be shown to */
function checkRows(at: PointHooks, { plain }: TransformerPlan, sharedRows: boolean): void {
  const names = Object.keys(at);
  if (sharedRows) {
    const between = names.find((name) => /\.attention\.(scores|pattern)$/.test(name));
    if (between === undefined) return;
    throw new RangeError(
      `${between} is between positions, which shared rows do not have: plan with { points: true } and leave sharedRows out`,
    );
  }
  if (names.length > 0 && plain === undefined) {
    throw new RangeError(
      `this plan shares rows between sequences, so ${names[0]} cannot be shown by example and position: make it with { points: true }`,
    );
  }
}

/** The last feed-forward's output weight, the gain of the norm before the logits, the unembedding. */
function logitFactors({ layers, tiedHead, norm, finalNorm }: TransformerConfig): LogitFactor[] {
  const last = `layers.${layers - 1}`;
  const norms = {
    final: [{ parameter: "finalNorm.gain", transpose: false, gain: true }],
    last: [{ parameter: `${last}.feedForwardNorm.gain`, transpose: false, gain: true }],
    none: [],
  };
  const before =
    norm.kind === "none"
      ? "none"
      : finalNorm
        ? "final"
        : norm.position === "post"
          ? "last"
          : "none";
  return [
    { parameter: `${last}.feedForward.out.weight`, transpose: false },
    ...norms[before],
    { parameter: tiedHead ? "tokenEmbedding" : "unembedding.weight", transpose: tiedHead },
  ];
}
