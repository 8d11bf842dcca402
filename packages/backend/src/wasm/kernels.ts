import { registerFastKernel } from "@grok/ops";
import type { WasmHost } from "./host";
import { activateKernels } from "./kernels/activate";
import { attentionKernels } from "./kernels/attention";
import { crossEntropyKernels } from "./kernels/cross-entropy";
import { elementwiseKernels } from "./kernels/elementwise";
import { embeddingKernels } from "./kernels/embedding";
import { fusedMatMulKernel } from "./kernels/fused-matmul";
import { globalNormKernels } from "./kernels/global-norm";
import { identityKernel } from "./kernels/identity";
import type { KernelMaker } from "./kernels/kernel";
import { labelLossKernels } from "./kernels/label-loss";
import { linearKernels } from "./kernels/linear";
import { matMulKernel } from "./kernels/matmul";
import { normKernels } from "./kernels/norm";
import { segmentSumKernel } from "./kernels/segment-sum";
import { swigluKernels } from "./kernels/swiglu";
import { updateKernels } from "./kernels/updates";

/** In place of tfjs's own kernels, which are slow or missing. */
const stock: KernelMaker[] = [matMulKernel, fusedMatMulKernel, segmentSumKernel, identityKernel];

/** Of @grok/ops' operations. */
const operations: KernelMaker[] = [
  ...activateKernels,
  ...attentionKernels,
  ...crossEntropyKernels,
  ...elementwiseKernels,
  ...embeddingKernels,
  ...labelLossKernels,
  ...globalNormKernels,
  ...linearKernels,
  ...normKernels,
  ...swigluKernels,
  ...updateKernels,
];

/** Registers our kernels on tfjs's backend `wasm`, instead of tfjs's own or of reference forms. */
export function registerKernels(host: WasmHost): void {
  for (const maker of [...stock, ...operations]) registerFastKernel(maker(host));
}
