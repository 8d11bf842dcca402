import "@tensorflow/tfjs-backend-cpu";
import { describeBackend } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { parseConfig } from "./config";
import { differencesOf, environmentOf } from "./environment";
import { handedOver } from "./history";

const before = {
  backend: "wasm",
  arithmetic: "fused",
  versions: { "@grok/ops": "1.0.0", "@grok/cli": "1.0.0", node: "24.1.0" },
};

describe("differencesOf", () => {
  it.each([
    ["nothing", {}, []],
    ["another backend", { backend: "cpu", arithmetic: "rounded" }, ["backend wasm → cpu"]],
    ["another rounding", { arithmetic: "rounded" }, ["arithmetic fused → rounded"]],
    ["what was not known before", { versions: { "@grok/optim": "2.0.0" } }, []],
    [
      "another version of the backend",
      { versions: { "@grok/ops": "1.0.1" } },
      ["@grok/ops 1.0.0 → 1.0.1"],
    ],
    ["another version of what does not", { versions: { "@grok/cli": "2.0.0" } }, []],
    ["another patch of the engine", { versions: { node: "24.9.9" } }, []],
    ["a later engine", { versions: { node: "26.0.0" } }, ["node 24 → 26"]],
    ["another engine", { versions: { bun: "1.4.0" } }, ["node 24 → bun 1"]],
  ])("%s", (_, change, found) => {
    expect(differencesOf(before, { ...before, ...change })).toEqual(found);
  });
});

describe("environmentOf", () => {
  it("records the backend that runs in fact, whatever the caller says, and keeps what else is known", async () => {
    await tf.setBackend("cpu");
    const said = {
      backend: "webgpu",
      arithmetic: "rounded",
      versions: { bun: "1.0.0", mine: "2" },
    };
    const found = await environmentOf(said);
    expect(found).toMatchObject({ backend: "cpu", arithmetic: "fused" });
    expect(found.versions).toMatchObject({ node: process.versions.node, mine: "2" });
    expect(found.versions).not.toHaveProperty("bun");
    describeBackend({ versions: { "@grok/backend": "9.9.9" }, device: "an adapter" });
    expect(await environmentOf()).toMatchObject({
      arithmetic: "fused, an adapter",
      versions: { "@grok/backend": "9.9.9" },
    });
  });
});

describe("handedOver", () => {
  const config = parseConfig({ ...resolveExperiment(), ...before });

  it("leaves a config as it is where nothing differs", () => {
    expect(handedOver(config, before, 100)).toBe(config);
  });

  it("remembers what computed a run, up to which step", () => {
    const now = { ...before, backend: "cpu", versions: { node: "24.2.0" } };
    const after = parseConfig(handedOver(config, now, 100));
    expect(after.history).toEqual([{ until: 100, ...before }]);
    expect(after).toMatchObject({
      backend: "cpu",
      versions: { ...before.versions, node: "24.2.0" },
    });
    expect(handedOver(after, before, 200).history?.map(({ until }) => until)).toEqual([100, 200]);
  });

  it("has nothing to remember where nothing was computed", () => {
    expect(handedOver(config, { ...before, backend: "cpu" }, 0).history).toBeUndefined();
  });
});
