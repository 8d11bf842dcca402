import { describe, expect, it } from "vitest";
import { presets } from "../preset/presets";
import { resolveExperiment } from "../preset/resolve";
import { canonicalJson } from "../run/canonical-json";
import { parseConfig } from "../run/config";
import { fingerprint } from "../run/fingerprint";
import { modelOf } from "./build";
import { parseExperiment } from "./check";
import type { Experiment } from "./experiment";

const ofModels = ["positions", "ffnBias", "tiedHead", "initialScale", "outputScale"];

/** The data of an experiment as it was written before these settings existed. */
function before(experiment: Experiment): object {
  const model = Object.entries(experiment.model).filter(([key]) => !ofModels.includes(key));
  const { weightNorm: _, ...optimizer } = experiment.optimizer;
  const { lossPrecision: __, ...training } = experiment.training as { lossPrecision?: string };
  return { ...experiment, model: Object.fromEntries(model), optimizer, training };
}

/** All except those that use what came later. */
const older = Object.keys(presets).filter(
  (preset) =>
    !["omnigrok", "nanda", "stablemax", "parity", "egalitarian", "committee"].includes(preset),
);

describe("an experiment written before a setting existed", () => {
  it.each(older)("is the same %s when it is read", async (preset) => {
    const experiment = resolveExperiment({ preset });
    const old = JSON.parse(JSON.stringify(before(experiment)));
    expect(canonicalJson(parseExperiment(old))).toBe(canonicalJson(experiment));
    const config = parseConfig({ ...old, backend: "cpu", threads: 1, versions: {} });
    expect(canonicalJson(config.model)).toBe(canonicalJson(experiment.model));
    expect(modelOf(parseExperiment(old))).toEqual(modelOf(experiment));
    expect(await fingerprint(old)).toBe(await fingerprint(experiment));
  });

  it("is another one where a setting is used", async () => {
    const prints = await Promise.all(
      [
        {},
        { "init-scale": 0.8 },
        { "output-scale": 2 },
        { "tied-head": true },
        { "ffn-bias": true },
        { positions: "learned" },
        { "weight-norm": "initial" },
        { "weight-norm": 30 },
        { "loss-precision": "float64" },
      ].map((flags) => fingerprint(resolveExperiment({ preset: "mlx", flags }))),
    );
    expect(new Set(prints).size).toBe(prints.length);
    // Its architecture's own is no change.
    const same = resolveExperiment({ preset: "mlx", flags: { positions: "rotary" } });
    expect(await fingerprint(same)).toBe(prints[0]);
  });
});
