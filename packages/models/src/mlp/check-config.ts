import { activationKinds } from "@grok/ops";
import { checkChoice, checkCount, checkScale } from "../check";
import { checkInitStds } from "../parameters/init-stds";
import { checkAnalytic } from "./analytic";
import { type MlpConfig, mlpInitialisations } from "./config";

/** Throws a RangeError unless the MLP can be built. */
export function checkMlpConfig(config: MlpConfig): void {
  const { input } = config;
  checkChoice("input.kind", input.kind, ["embedding", "one-hot", "features"]);
  const least = input.kind === "features" ? 0 : 1;
  for (const name of ["vocabulary", "slots"] as const) checkCount(name, config[name], least);
  for (const name of ["width", "depth", "classes"] as const) checkCount(name, config[name]);
  if (input.kind !== "one-hot") checkCount("input.width", input.width);
  checkChoice("activation", config.activation, activationKinds);
  checkInitStds(config.initStds);
  checkChoice("initialisation", config.initialisation, mlpInitialisations);
  if (config.initialisation === "analytic") checkAnalytic(config);
  checkScale("initialScale", config.initialScale);
  checkScale("outputScale", config.outputScale);
  if (!Number.isFinite(config.alpha)) {
    throw new RangeError(`alpha is ${config.alpha}: it must be a finite number`);
  }
}
