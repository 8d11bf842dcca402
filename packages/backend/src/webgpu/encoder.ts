import type { Call } from "./call";
import type { Counters } from "./counters";
import type { GpuBackend } from "./gpu-backend";
import type { Memory } from "./memory";
import { Pipelines } from "./pipelines";
import { packSettings, ROW } from "./program";
import type { Uploads } from "./uploads";
import { type Allocation, Value } from "./value";

/** What an encoder works with. */
interface Parts {
  backend: GpuBackend;
  device: GPUDevice;
  memory: Memory;
  uploads: Uploads;
  counters: Counters;
}

/** Writes calls and copies into tfjs's command encoder, in their order among those of tfjs's own. */
export class Encoder {
  readonly #parts: Parts;
  readonly #pipelines: Pipelines;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#pipelines = new Pipelines(parts.device, parts.counters);
  }

  /** A program's call, whose values all have memory. */
  dispatch(call: Call): void {
    const { program, values, settings, groups } = call;
    if (groups === 0) return;
    const { backend, device, uploads, counters } = this.#parts;
    const pipeline = this.#pipelines.of(program);
    const places = this.#withoutConflicts(call);
    if (settings.length > 0) places.push(uploads.add(packSettings(program.parameters, settings)));
    const bindGroup = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: places.map((place, binding) => ({ binding, resource: place })),
    });
    backend.ensureCommandEncoderReady();
    backend.computePassEncoder ??= (backend.commandEncoder as GPUCommandEncoder).beginComputePass();
    const pass = backend.computePassEncoder;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindGroup);
    if (groups <= ROW) pass.dispatchWorkgroups(groups);
    else pass.dispatchWorkgroups(ROW, Math.ceil(groups / ROW));
    counters.dispatches++;
    for (const value of values)
      if (value.dataId !== undefined) backend.commandQueueOwnedIds.add(value.dataId);
  }

  /** Copies numbers on the device. */
  copy(from: Value, to: Value): void {
    const [source, target] = [from.allocation, to.allocation];
    if (source === undefined || target === undefined)
      throw new Error("a copy of what is not made yet");
    const encoder = this.#betweenPasses();
    const size = Math.min(source.size, target.size);
    encoder.copyBufferToBuffer(source.buffer, source.offset, target.buffer, target.offset, size);
    this.#parts.counters.copies++;
  }

  /** Fills a buffer with zeros. */
  clear(buffer: GPUBuffer): void {
    this.#betweenPasses().clearBuffer(buffer);
  }

  #betweenPasses(): GPUCommandEncoder {
    const { backend } = this.#parts;
    backend.ensureCommandEncoderReady();
    backend.endComputePassEncoder();
    return backend.commandEncoder as GPUCommandEncoder;
  }

  /** Where the values lie; one that is read from a buffer that is written to, too, is copied first. */
  #withoutConflicts({ program, values }: Call): Allocation[] {
    const { memory } = this.#parts;
    const written = new Set<GPUBuffer>();
    for (const [i, { writes }] of program.buffers.entries()) {
      if (writes) written.add((values[i] as Value).allocation?.buffer as GPUBuffer);
    }
    return values.map((value, i) => {
      const { allocation } = value;
      if (allocation === undefined)
        throw new Error(`a program reads ${program.buffers[i]?.name}, which is not made yet`);
      if (program.buffers[i]?.writes || !written.has(allocation.buffer)) return allocation;
      const copy = new Value(value.size, true);
      memory.allocate(copy);
      this.copy(value, copy);
      const at = copy.allocation as Allocation;
      memory.free(copy);
      return at;
    });
  }
}
