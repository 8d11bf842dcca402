export { arithmetic, maxThreads } from "@grok/ops";
export { backendRecovery } from "./backend-recovery";
export {
  type BackendChoice,
  type BackendName,
  type BackendOptions,
  type BackendReport,
  backendNames,
  listBackends,
  stopBackend,
  useBackend,
} from "./use-backend";
export { Activation } from "./wasm/activation";
export { type AddressSpaceShare, fitAddressSpace } from "./wasm/address-space";
export type { WasmHost } from "./wasm/host";
export { MemoryError } from "./wasm/memory-error";
export { Op } from "./wasm/op";
export { startWasm, stopWasm, type WasmOptions } from "./wasm/start";
export type { StartThread, ThreadRequest } from "./wasm/team";
export { type AdapterSearch, findAdapter } from "./webgpu/adapter";
export { DeviceError } from "./webgpu/error";
export type { WebgpuHost } from "./webgpu/host";
export { startWebgpu } from "./webgpu/lazy";
