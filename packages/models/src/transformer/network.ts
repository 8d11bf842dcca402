import * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "../batch";
import { checkTokens } from "../check-tokens";
import type { Anatomy, LogitFactor } from "../network/anatomy";
import { ConfiguredBase } from "../network/configured";
import type { Network, NetworkCost, PlannedOptions, PlanOptions } from "../network/network";
import { requirePlan } from "../network/require-plan";
import type { InitialValues, Parameters } from "../parameters/draw";
import type { ParameterSpecification } from "../parameters/specification";
import { resolveShortcuts } from "../plan/shortcuts";
import { planTransformer, type TransformerPlan } from "../plan/transformer";
import { checkTransformerConfig, type TransformerConfig } from "./config";
import { transformerLogits } from "./logits";
import { transformerParameters } from "./parameters";

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

  plan(batch: TokenBatch, { shortcuts, dropout = false }: PlanOptions = {}): TransformerPlan {
    this.checkBatch(batch);
    const resolved = resolveShortcuts(shortcuts);
    return planTransformer(this.config, batch, resolved, dropout && this.hasDropout);
  }

  forward(
    parameters: Parameters,
    plan: TransformerPlan,
    { dropoutKey, onHidden }: PlannedOptions = {},
  ): tf.Tensor2D {
    requirePlan(plan, this.config.kind);
    if (dropoutKey !== undefined && this.hasDropout && !plan.separate) {
      throw new RangeError(
        "this plan shares prefixes, which dropout would drop out alike: make it with { dropout: true }",
      );
    }
    return this.scaled(() =>
      transformerLogits(this.config, parameters, plan, { dropoutKey, onHidden }),
    );
  }

  attention(parameters: Parameters, batch: TokenBatch): tf.Tensor4D[] {
    const { size, length } = batch;
    const shortcuts = { sharedPrefixes: false, answerOnly: false, tokenTables: true };
    const plain = this.plan(batch, { shortcuts });
    return tf.tidy(() => {
      const patterns: tf.Tensor4D[] = [];
      transformerLogits(this.config, parameters, plain, {
        onAttention: (weights) => {
          const rows = tf.reshape(weights, [size, length, this.config.heads, length]);
          patterns.push(tf.transpose(rows, [0, 2, 1, 3]) as tf.Tensor4D);
        },
      });
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
