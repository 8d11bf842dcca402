import { expect, it } from "vitest";
import { hostModuleNames } from "./format";
import { type HostModules, hostModulesOf } from "./host-modules";

it("gives an extension that was bundled before a package was divided all of its names in one module", () => {
  const namespaces = Object.fromEntries(hostModuleNames.map((name) => [name, {}]));
  const modules: HostModules = hostModulesOf({
    ...(namespaces as Record<(typeof hostModuleNames)[number], object>),
    "@grok/metrics": { gini: 1 },
    "@grok/metrics/statistics": { kaplanMeier: 2 },
    "@grok/models": { forward: 3 },
  });
  expect(modules["@grok/metrics"]).toEqual({ gini: 1, kaplanMeier: 2, __esModule: true });
  expect(modules["@grok/metrics/statistics"]).toEqual({ kaplanMeier: 2, __esModule: true });
  expect(modules["@grok/models"]).toEqual({ forward: 3, __esModule: true });
});
