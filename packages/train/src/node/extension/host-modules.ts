import type { hostModuleNames } from "../../extension/format";
import { type HostModules, hostModulesOf } from "../../extension/host-modules";

type Name = (typeof hostModuleNames)[number];

// Imported when an extension is loaded: a namespace of this very package that was made at once would
// keep all of it in every bundle.
const namespaces: Record<Name, () => Promise<object>> = {
  "@grok/data": () => import("@grok/data"),
  "@grok/metrics": () => import("@grok/metrics"),
  "@grok/metrics/numerics": () => import("@grok/metrics/numerics"),
  "@grok/metrics/prediction": () => import("@grok/metrics/prediction"),
  "@grok/metrics/statistics": () => import("@grok/metrics/statistics"),
  "@grok/metrics/upstream": () => import("@grok/metrics/upstream"),
  "@grok/models": () => import("@grok/models"),
  "@grok/ops": () => import("@grok/ops"),
  "@grok/optim": () => import("@grok/optim"),
  "@grok/train": () => import("../../index"),
  "@grok/train/analysis": () => import("../../analysis/index"),
  "@grok/train/archive": () => import("../../archive/index"),
  "@grok/train/fork": () => import("../../fork/index"),
  "@grok/train/front-end": () => import("../../front-end/index"),
  "@grok/train/link": () => import("../../link/index"),
  "@grok/train/safetensors": () => import("../../safetensors/index"),
  "@tensorflow/tfjs-core": () => import("@tensorflow/tfjs-core"),
  zod: () => import("zod"),
};

let loaded: Promise<HostModules> | undefined;

/**
 * This process's own packages, as `loadExtension` passes them to an extension: one TensorFlow.js,
 * one zod.
 */
export function hostModules(): Promise<HostModules> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<HostModules> {
  const found = Object.entries(namespaces).map(async ([name, load]) => [name, await load()]);
  return hostModulesOf(Object.fromEntries(await Promise.all(found)));
}
