import type { Counters } from "./counters";
import { type Program, sourceOf } from "./program";

/** Programs as the device runs them; each is compiled once. */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #counters: Counters;
  readonly #pipelines = new Map<string, GPUComputePipeline>();

  constructor(device: GPUDevice, counters: Counters) {
    this.#device = device;
    this.#counters = counters;
  }

  of(program: Program): GPUComputePipeline {
    let pipeline = this.#pipelines.get(program.key);
    if (pipeline === undefined) {
      const module = this.#device.createShaderModule({ code: sourceOf(program) });
      pipeline = this.#device.createComputePipeline({
        layout: "auto",
        compute: { module, entryPoint: "main" },
      });
      this.#pipelines.set(program.key, pipeline);
      this.#counters.pipelines++;
    }
    return pipeline;
  }
}
