import * as data from "@grok/data";
import * as metrics from "@grok/metrics";
import * as models from "@grok/models";
import * as ops from "@grok/ops";
import * as optim from "@grok/optim";
import * as train from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import * as zod from "zod";

const namespaces: Record<string, object> = {
  "@grok/data": data,
  "@grok/metrics": metrics,
  "@grok/models": models,
  "@grok/ops": ops,
  "@grok/optim": optim,
  "@grok/train": train,
  "@tensorflow/tfjs-core": tf,
  zod,
};

/** The page's own packages, as `loadExtension` passes them to an extension. */
export const hostModules = Object.fromEntries(
  // Bundlers take `default` from what says that it was a module.
  Object.entries(namespaces).map(([name, module]) => [name, { ...module, __esModule: true }]),
);
