import type * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "../batch";
import { checkFeatures, checkTokens } from "../check-tokens";
import type { Anatomy } from "../network/anatomy";
import { ConfiguredBase } from "../network/configured";
import type { Network, NetworkCost, PlannedOptions, PlanOptions } from "../network/network";
import { requirePlan } from "../network/require-plan";
import type { InitialValues, Parameters } from "../parameters/draw";
import type { ParameterSpecification } from "../parameters/specification";
import { type MlpPlan, planMlp } from "../plan/mlp";
import { resolveShortcuts } from "../plan/shortcuts";
import { analyticValues } from "./analytic";
import { checkMlpConfig, type MlpConfig } from "./config";
import { mlpLogits } from "./logits";
import { mlpParameters } from "./parameters";

/** A multilayer perceptron. */
export class MlpNetwork extends ConfiguredBase<MlpConfig> implements Network<MlpPlan> {
  readonly hasDropout = false;

  get anatomy(): Anatomy {
    const { config } = this;
    const { depth, input, slots } = config;
    return {
      words: depth === 1 ? "an MLP of one layer" : "an MLP",
      embedding: {
        embedding: { parameter: "embedding", blocks: 1 },
        "one-hot": { parameter: "layers.0.weight", blocks: slots },
        features: null,
      }[input.kind],
      neuronsToLogits: [{ parameter: `layers.${depth - 1}.weight`, transpose: false }],
      hidden: depth > 1,
      attention: null,
      mlp: config,
    };
  }

  get cost(): NetworkCost {
    return { tokensPerExample: () => 1, inputWidth: this.config.width };
  }

  check(): void {
    checkMlpConfig(this.config);
  }

  answerCount({ size }: { size: number }): number {
    return size;
  }

  checkBatch(batch: TokenBatch): void {
    const { vocabulary, slots, input } = this.config;
    if (input.kind === "features") return checkFeatures(batch, input.width);
    checkTokens(batch, vocabulary);
    if (batch.length !== slots) {
      throw new RangeError(`sequences of ${batch.length} tokens do not fit an MLP of ${slots}`);
    }
  }

  plan(batch: TokenBatch, { shortcuts }: PlanOptions = {}): MlpPlan {
    this.checkBatch(batch);
    return planMlp(this.config, batch, resolveShortcuts(shortcuts));
  }

  forward(parameters: Parameters, plan: MlpPlan, { onHidden }: PlannedOptions = {}): tf.Tensor2D {
    requirePlan(plan, this.config.kind);
    return this.scaled(() => mlpLogits(this.config, parameters, plan, { onHidden }));
  }

  initialValues(seed: number): InitialValues[] {
    const { initialisation } = this.config;
    if (initialisation !== "analytic") return this.drawn({ ...this.config, initialisation }, seed);
    this.check();
    return analyticValues(this.config, seed);
  }

  protected list(): ParameterSpecification[] {
    return mlpParameters(this.config);
  }
}
