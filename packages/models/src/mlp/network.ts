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
import { noShortcuts, resolveShortcuts } from "../plan/shortcuts";
import { checkHooks, type PointHooks, passPoint } from "../point/at";
import type { MlpPoint, Point } from "../point/point";
import { PointRows } from "../point/rows";
import { analyticValues } from "./analytic";
import { checkMlpConfig } from "./check-config";
import type { MlpConfig } from "./config";
import { mlpLogits } from "./logits";
import { mlpParameters } from "./parameters";
import { mlpPoints } from "./points";

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

  get points(): Point<MlpPoint>[] {
    return mlpPoints(this.config);
  }

  plan(batch: TokenBatch, { shortcuts, points = false }: PlanOptions = {}): MlpPlan {
    this.checkBatch(batch);
    return planMlp(this.config, batch, points ? noShortcuts : resolveShortcuts(shortcuts));
  }

  forward(
    parameters: Parameters,
    plan: MlpPlan,
    { onHidden, at = {} }: PlannedOptions = {},
  ): tf.Tensor2D {
    requirePlan(plan, this.config.kind);
    checkHooks(at, this);
    if (at.embedding !== undefined && plan.firstLayer === "tables") {
      throw new RangeError(
        "this plan has the first layer in tables, so no embedding is computed: make it with { points: true }",
      );
    }
    const last = `layers.${this.config.depth - 2}.hidden`;
    const hooks: PointHooks =
      onHidden === undefined
        ? at
        : {
            ...at,
            [last]: (x) => {
              const hidden = passPoint(at, last, x); // [examples, width]
              onHidden(hidden);
              return hidden;
            },
          };
    return this.scaled(() => mlpLogits(this.config, parameters, plan, hooks), new PointRows(at, 1));
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
