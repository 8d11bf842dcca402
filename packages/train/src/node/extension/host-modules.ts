import type { hostModuleNames } from "../../extension/format";

// Imported when an extension is loaded: a namespace of this very package that was made at once would
// keep all of it in every bundle.
const namespaces: Record<(typeof hostModuleNames)[number], () => Promise<object>> = {
  "@grok/data": () => import("@grok/data"),
  "@grok/metrics": () => import("@grok/metrics"),
  "@grok/models": () => import("@grok/models"),
  "@grok/ops": () => import("@grok/ops"),
  "@grok/optim": () => import("@grok/optim"),
  "@grok/train": () => import("../../index"),
  "@tensorflow/tfjs-core": () => import("@tensorflow/tfjs-core"),
  zod: () => import("zod"),
};

let loaded: Promise<Record<string, object>> | undefined;

/**
 * This process's own packages, as `loadExtension` passes them to an extension: one TensorFlow.js,
 * one zod.
 */
export function hostModules(): Promise<Record<string, object>> {
  loaded ??= Promise.all(
    // Bundlers take `default` from what says that it was a module.
    Object.entries(namespaces).map(
      async ([name, load]) => [name, { ...(await load()), __esModule: true }] as const,
    ),
  ).then(Object.fromEntries);
  return loaded;
}
