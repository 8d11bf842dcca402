import type { Batch } from "@grok/data";
import { createSchedule, type Schedule } from "@grok/optim";
import { defaultDevice, init, numpy as np } from "@jax-js/jax";
import type { ReadFixture } from "../../fixture.ts";
import type { Stepped } from "../../stepped.ts";
import { type Arrays, makeStep, mapArrays } from "./step.ts";

/** jax-js on one of its devices: a training step as one function under jit. */
export class JaxTraining implements Stepped {
  readonly parameters: number;
  readonly versions: Record<string, string>;
  readonly #fixture: ReadFixture;
  readonly #schedule: Schedule;
  readonly #step: ReturnType<typeof makeStep>;
  #arrays: [weights: Arrays, m: Arrays, v: Arrays];
  #steps = 0;
  #loss: np.Array | undefined;

  /** @throws Error if it does not have the device here */
  static async on(
    device: "wasm" | "webgpu",
    fixture: ReadFixture,
    versions: Record<string, string>,
  ): Promise<JaxTraining> {
    const started = await init(device);
    if (!started.includes(device)) throw new Error(`jax-js finds no ${device} here`);
    defaultDevice(device);
    return new JaxTraining(fixture, versions);
  }

  private constructor(fixture: ReadFixture, versions: Record<string, string>) {
    this.#fixture = fixture;
    this.#step = makeStep(fixture);
    this.#schedule = createSchedule(fixture.optimizer.schedule ?? { kind: "constant" });
    this.versions = versions;
    this.parameters = [...fixture.weights.values()].reduce(
      (sum, { values }) => sum + values.length,
      0,
    );
    const weights = Object.fromEntries(
      [...fixture.weights].map(([name, { shape, values }]) => [
        name,
        np.array(Float32Array.from(values)).reshape(shape),
      ]),
    );
    const zeros = () => mapArrays(weights, (_, w) => np.zeros(w.shape));
    this.#arrays = [weights, zeros(), zeros()];
  }

  step({ tokens, labels, size }: Batch): void {
    const { optimizer, length } = this.#fixture;
    const { beta1 = 0.9, beta2 = 0.999 } = optimizer as { beta1?: number; beta2?: number };
    const rate = optimizer.learningRate * this.#schedule(this.#steps++);
    this.#loss?.dispose();
    const [weights, m, v, loss] = this.#step(
      ...this.#arrays,
      np.array(Int32Array.from(tokens), { dtype: np.int32 }).reshape([size, length]),
      np.array(Int32Array.from(labels), { dtype: np.int32 }),
      np.array(rate),
      np.array(1 - beta1 ** this.#steps),
      np.array(1 - beta2 ** this.#steps),
    ) as unknown as [Arrays, Arrays, Arrays, np.Array];
    this.#arrays = [weights, m, v];
    this.#loss = loss;
  }

  async loss(): Promise<number> {
    return Number((await (this.#loss as np.Array).ref.data())[0]);
  }

  async finish(): Promise<void> {
    await (this.#loss as np.Array).blockUntilReady();
  }
}
