import type * as tf from "@tensorflow/tfjs-core";
import type { WebgpuHost } from "./host";
import { attentionKernels } from "./kernels/attention";
import { crossEntropyKernels } from "./kernels/cross-entropy";
import { elementwiseKernels } from "./kernels/elementwise";
import { embeddingKernels } from "./kernels/embedding";
import { globalNormKernels } from "./kernels/global-norm";
import { labelLossKernels } from "./kernels/label-loss";
import { linearKernels } from "./kernels/linear";
import { normKernels } from "./kernels/norm";
import { packKernel } from "./kernels/pack";
import { updateKernels } from "./kernels/updates";

/** Our kernels for tfjs's backend `webgpu`: all of @grok/ops' operations. */
export function kernels(host: WebgpuHost): tf.KernelConfig[] {
  return [
    ...attentionKernels,
    ...crossEntropyKernels,
    ...elementwiseKernels,
    ...embeddingKernels,
    ...labelLossKernels,
    ...globalNormKernels,
    ...linearKernels,
    ...normKernels,
    packKernel,
    ...updateKernels,
  ].map((maker) => maker(host));
}
