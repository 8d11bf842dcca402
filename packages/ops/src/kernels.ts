import type * as tf from "@tensorflow/tfjs-core";
import type { ActivationKernels } from "./activation/activation";
import type { AdamUpdateAttributes } from "./adam-update/adam-update";
import type { AddScaledAttributes } from "./add-scaled/add-scaled";
import type { AttentionKernels } from "./attention/attention";
import type { ClipByGlobalNormAttributes } from "./clip-by-global-norm/clip-by-global-norm";
import type { DropoutKernels } from "./dropout/dropout";
import type { ElementwiseKernels } from "./elementwise/elementwise";
import type { EmbeddingKernels } from "./embedding/embedding";
import type { EmbeddingSumKernels } from "./embedding/embedding-sum";
import type { EmbeddingTablesKernels } from "./embedding/embedding-tables";
import type { HingeKernels } from "./hinge/hinge";
import type { LayerNormKernels } from "./layer-norm/layer-norm";
import type { LerpUpdateAttributes } from "./lerp-update/lerp-update";
import type { LinearKernels } from "./linear/linear";
import type { LionUpdateAttributes } from "./lion-update/lion-update";
import type { LossKernels } from "./loss/loss-gradient";
import type { KernelContract } from "./operation/definition";
import type { RmsNormKernels } from "./rms-norm/rms-norm";
import type { SgdUpdateAttributes } from "./sgd-update/sgd-update";
import type { CrossEntropyKernels } from "./softmax-cross-entropy/softmax-cross-entropy";
import type { SquaredErrorKernels } from "./squared-error/squared-error";
import type { SwigluKernels } from "./swiglu/swiglu";

/**
 * What each kernel of ours takes, by its name in tfjs's registry: the one contract of an operation and
 * of every backend's kernel for it. `T` is how the tensors come; a kernel gets them as tfjs's
 * `TensorInfo`. Kernels of many tensors get them as `"0"`, `"1"`, ….
 */
export interface Kernels<T = tf.TensorInfo>
  extends ActivationKernels<T>,
    AttentionKernels<T>,
    CrossEntropyKernels<T>,
    DropoutKernels<T>,
    ElementwiseKernels<T>,
    EmbeddingKernels<T>,
    EmbeddingSumKernels<T>,
    EmbeddingTablesKernels<T>,
    HingeKernels<T>,
    LayerNormKernels<T>,
    LinearKernels<T>,
    LossKernels<T>,
    RmsNormKernels<T>,
    SquaredErrorKernels<T>,
    SwigluKernels<T> {
  GrokAdamUpdate: KernelContract<Record<string, T>, AdamUpdateAttributes>;
  GrokAddScaled: KernelContract<Record<string, T>, AddScaledAttributes>;
  GrokClipByGlobalNorm: KernelContract<Record<string, T>, ClipByGlobalNormAttributes>;
  GrokGlobalNorm: KernelContract<Record<string, T>>;
  GrokLerpUpdate: KernelContract<Record<string, T>, LerpUpdateAttributes>;
  GrokLionUpdate: KernelContract<Record<string, T>, LionUpdateAttributes>;
  GrokOrthogonalGradient: KernelContract<Record<string, T>>;
  GrokSgdUpdate: KernelContract<Record<string, T>, SgdUpdateAttributes>;
}

/** The name of a kernel of ours. */
export type KernelName = keyof Kernels;

/** The inputs of a kernel, by name. */
export type KernelInputs<N extends KernelName> = Kernels[N]["inputs"];

/** The settings of a kernel. */
export type KernelAttributes<N extends KernelName> = Kernels[N]["attributes"];
