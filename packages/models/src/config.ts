import type { MlpConfig } from "./mlp/config";
import type { TransformerConfig } from "./transformer/config";

/** A network as plain data: everything that its parameters and its forward pass depend on. */
export type ModelConfig = TransformerConfig | MlpConfig;
