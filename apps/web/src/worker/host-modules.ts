import * as data from "@grok/data";
import * as metrics from "@grok/metrics";
import * as numerics from "@grok/metrics/numerics";
import * as prediction from "@grok/metrics/prediction";
import * as statistics from "@grok/metrics/statistics";
import * as upstream from "@grok/metrics/upstream";
import * as models from "@grok/models";
import * as ops from "@grok/ops";
import * as optim from "@grok/optim";
import * as train from "@grok/train";
import * as analysis from "@grok/train/analysis";
import * as archive from "@grok/train/archive";
import * as fork from "@grok/train/fork";
import * as frontEnd from "@grok/train/front-end";
import * as link from "@grok/train/link";
import * as safetensors from "@grok/train/safetensors";
import * as tf from "@tensorflow/tfjs-core";
import * as zod from "zod";

/** The page's own packages, as `loadExtension` passes them to an extension. */
export const hostModules = train.hostModulesOf({
  "@grok/data": data,
  "@grok/metrics": metrics,
  "@grok/metrics/numerics": numerics,
  "@grok/metrics/prediction": prediction,
  "@grok/metrics/statistics": statistics,
  "@grok/metrics/upstream": upstream,
  "@grok/models": models,
  "@grok/ops": ops,
  "@grok/optim": optim,
  "@grok/train": train,
  "@grok/train/analysis": analysis,
  "@grok/train/archive": archive,
  "@grok/train/fork": fork,
  "@grok/train/front-end": frontEnd,
  "@grok/train/link": link,
  "@grok/train/safetensors": safetensors,
  "@tensorflow/tfjs-core": tf,
  zod,
});
