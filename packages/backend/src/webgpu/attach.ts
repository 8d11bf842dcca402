import type { GpuBackend } from "./gpu-backend";
import type { WebgpuHost } from "./host";

/**
 * Sizes of buffers, so that the pool has few: up to an eighth more than asked for. Without that each
 * number of rows would leave buffers of its own behind.
 */
export function roomFor(size: number): number {
  if (size <= 256) return 256;
  const step = 2 ** (Math.floor(Math.log2(size)) - 3);
  return Math.ceil(size / step) * step;
}

/**
 * Makes tfjs's backend work with a host: what is recorded is encoded before a stock operation, a
 * reading or a submission; memory of ours is found and freed; nothing that is read is kept on this
 * side, as an update may change it on the other.
 */
export function attach(backend: GpuBackend, host: WebgpuHost): void {
  const tfjs = {
    acquire: backend.bufferManager.acquireBuffer.bind(backend.bufferManager),
    disposeData: backend.disposeData.bind(backend),
    runWebGPUProgram: backend.runWebGPUProgram.bind(backend),
    shouldExecuteOnCPU: backend.shouldExecuteOnCPU.bind(backend),
    submitQueue: backend.submitQueue.bind(backend),
    tensorToBinding: backend.tensorToBinding.bind(backend),
    uploadToGPU: backend.uploadToGPU.bind(backend),
  };
  Object.assign(backend.bufferManager, {
    acquireBuffer: (size: number, ...rest: [number, boolean?, boolean?]) =>
      tfjs.acquire(roomFor(size), ...rest),
  });
  Object.assign(backend, {
    runWebGPUProgram: (...call: unknown[]) => {
      host.check();
      host.encode();
      host.counters.dispatches++;
      return tfjs.runWebGPUProgram(...call);
    },
    // What is still to be made has no memory yet, but its numbers are not on this side either.
    shouldExecuteOnCPU: (inputs: { dataId: object }[], threshold?: number) =>
      inputs.every(({ dataId }) => backend.tensorMap.get(dataId).values != null) &&
      tfjs.shouldExecuteOnCPU(inputs, threshold),
    submitQueue: () => {
      host.beforeSubmit();
      tfjs.submitQueue();
    },
    tensorToBinding: (tensor: { dataId: object } | null) => {
      const value = tensor === null ? undefined : host.memory.valueOf(tensor.dataId);
      if (value?.arena === undefined || value.allocation === undefined)
        return tfjs.tensorToBinding(tensor);
      // Programs of tfjs's may see four numbers at a time.
      return { ...value.allocation, size: Math.ceil(value.size / 256) * 256 };
    },
    uploadToGPU: (dataId: object) => {
      if (host.memory.isPending(dataId)) host.encode();
      const data = backend.tensorMap.get(dataId);
      const { values, dtype } = data;
      if (data.resource == null && values != null) host.counters.bytesUp += 4 * values.length;
      tfjs.uploadToGPU(dataId);
      // Gradients of lookups sort indices on this side.
      if (dtype === "int32" && values != null) data.values = values;
    },
    disposeData: (dataId: object, force = false) => {
      const value = host.memory.valueOf(dataId);
      if (value === undefined || !backend.tensorMap.has(dataId)) {
        return tfjs.disposeData(dataId, force);
      }
      const data = backend.tensorMap.get(dataId);
      data.refCount = force ? 0 : data.refCount - 1;
      if (data.refCount > 0) return false;
      backend.tensorMap.delete(dataId);
      host.memory.release(value);
      return true;
    },
    read: (dataId: object) => read(backend, host, dataId),
    readSync: (dataId: object) => {
      const data = backend.tensorMap.get(dataId);
      if (data.values != null && data.resource == null) return data.values;
      throw new Error("backend webgpu cannot be read at once: use data() instead of dataSync()");
    },
    readToGPU: () => {
      throw new Error("backend webgpu: dataToGPU is not supported here; data() is");
    },
  });
}

async function read(
  backend: GpuBackend,
  host: WebgpuHost,
  dataId: object,
): Promise<Float32Array | Int32Array | Uint8Array> {
  host.check();
  if (!backend.tensorMap.has(dataId)) throw new Error("a tensor that was disposed of is read");
  const { values, dtype, shape } = backend.tensorMap.get(dataId);
  if (values != null) return values as Float32Array;
  host.encode();
  const size = 4 * shape.reduce((product, length) => product * length, 1);
  const { buffer, offset } = host.memory.valueOf(dataId)?.allocation ?? {
    buffer: backend.tensorMap.get(dataId).resource as GPUBuffer,
    offset: 0,
  };
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
  const staging = backend.bufferManager.acquireBuffer(size, usage);
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  (backend.commandEncoder as GPUCommandEncoder).copyBufferToBuffer(
    buffer,
    offset,
    staging,
    0,
    size,
  );
  backend.submitQueue();
  host.counters.reads++;
  host.counters.bytesDown += size;
  try {
    await Promise.race([staging.mapAsync(GPUMapMode.READ, 0, size), host.lost]);
  } catch (error) {
    host.fail(`the graphics device could not be read: ${(error as Error).message}`);
  }
  host.check();
  const bytes = staging.getMappedRange(0, size).slice(0);
  staging.unmap();
  backend.bufferManager.releaseBuffer(staging);
  if (dtype === "float32") return new Float32Array(bytes);
  const whole = new Int32Array(bytes);
  return dtype === "bool" ? Uint8Array.from(whole) : whole;
}
