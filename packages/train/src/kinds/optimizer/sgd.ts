import { sgd } from "@grok/optim";
import * as z from "zod";
import { defineOptimizer } from "../../kind/define";
import { momentum, nesterov } from "./settings";

/** Gradient descent with momentum, as PyTorch has it. */
export const sgdKind = defineOptimizer({
  name: "sgd",
  label: "SGD",
  sentence: "gradient descent with momentum",
  source: "PyTorch",
  settings: z.strictObject({ momentum: momentum(0), nesterov: nesterov(false) }),
  decay: "l2",
  slots: 0,
  build: ({ momentum, nesterov }, common) => sgd({ ...common, momentum, nesterov }),
});
