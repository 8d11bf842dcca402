import { scale } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { distributionOf, type Scheme } from "../parameters/distribution";
import { drawValues, type InitialValues, keptTensors, type Parameters } from "../parameters/draw";
import type { ParameterSpecification } from "../parameters/specification";
import type { PointRows } from "../point/rows";

/** What the configs of all built-in networks have. */
interface CommonConfig {
  readonly initialScale?: number;
  readonly outputScale?: number;
}

/** What the built-in networks have in common: initial values by a scheme, and scales. */
export abstract class ConfiguredBase<C extends CommonConfig> {
  readonly config: C;
  #parameters: readonly ParameterSpecification[] | undefined;

  constructor(config: C) {
    this.config = config;
  }

  /** Throws a RangeError unless the network can be built as configured. */
  abstract check(): void;

  protected abstract list(): ParameterSpecification[];

  get parameters(): readonly ParameterSpecification[] {
    if (this.#parameters === undefined) {
      this.check();
      this.#parameters = this.list();
    }
    return this.#parameters;
  }

  initialise(seed: number): Parameters {
    return keptTensors(this.initialValues(seed));
  }

  abstract initialValues(seed: number): InitialValues[];

  /** Initial values, each drawn independently as a scheme has it. */
  protected drawn(scheme: Scheme, seed: number): InitialValues[] {
    return drawValues(this.parameters, seed, {
      distribution: (specification) => distributionOf(scheme, specification),
      layersAlike: scheme.initialisation === "pytorch-encoder",
      scale: this.config.initialScale,
    });
  }

  /** Runs a forward pass in a tidy scope, scales its logits and shows them. */
  protected scaled(logits: () => tf.Tensor, points: PointRows): tf.Tensor2D {
    const { outputScale = 1 } = this.config;
    return tf.tidy(() =>
      points.pass("logits", outputScale === 1 ? logits() : scale(logits(), outputScale)),
    ) as tf.Tensor2D;
  }
}
