import type { KernelBackend } from "@tensorflow/tfjs-core";

/** What tfjs's backend `webgpu` keeps of a tensor. */
interface TensorData {
  dtype: string;
  shape: number[];
  values: ArrayLike<number> | null | undefined;
  resource?: GPUBuffer | null;
  refCount: number;
}

/** The parts of tfjs's backend `webgpu` that we use. */
export interface GpuBackend extends KernelBackend {
  tensorMap: {
    get(dataId: object): TensorData;
    has(dataId: object): boolean;
    delete(dataId: object): boolean;
  };
  bufferManager: {
    acquireBuffer(
      size: number,
      usage: number,
      mappedAtCreation?: boolean,
      reuse?: boolean,
    ): GPUBuffer;
    releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
    numBytesAllocated: number;
  };
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  makeTensorInfo(
    shape: number[],
    dtype: string,
    values?: ArrayLike<number>,
  ): { dataId: object; shape: number[]; dtype: "float32" };
  uploadToGPU(dataId: object): void;
  tensorToBinding(tensor: { dataId: object } | null): unknown;
  runWebGPUProgram(...call: unknown[]): unknown;
  shouldExecuteOnCPU(inputs: { dataId: object }[], threshold?: number): boolean;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  copyBuffer(buffer: GPUBuffer): GPUBuffer;
}
