import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { findFlag, flagNames, listFlags } from "./built-in";
import { flagDefault } from "./default";
import type { Flag } from "./flag";
import { flagLimits } from "./limits";

describe("flags", () => {
  it("has every name that people know from the systems reproduced", () => {
    const known =
      "op p train-fraction train-frac d-model n-heads n-layers mlp-mult dropout width alpha embed-dim depth epochs n-epochs steps batch-size lr weight-decay warmup-steps optimizer beta1 beta2 eval-every log-every grok-threshold save-plot out-dir save-dir order-params plots seed backend threads";
    for (const name of known.split(" ")) expect(findFlag(name), name).toBeDefined();
  });

  it("gives no name twice", () => {
    const all = listFlags().flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(all).toHaveLength(new Set(all).size);
    expect(flagNames()).toEqual(all);
  });

  it("describes each, and knows the type of its value", () => {
    for (const { name, description, type, choices } of listFlags()) {
      expect(description.length, name).toBeGreaterThan(5);
      expect(type === "choice", name).toBe(choices !== null);
    }
    const types = Object.fromEntries(listFlags().map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({
      op: "choice",
      p: "number",
      "train-fraction": "number",
      curriculum: "string",
      "keep-checkpoints": "number",
      "bias-correction": "boolean",
      clip: "number",
    });
    expect(findFlag("op")?.choices).toContain("s5conj");
    expect(findFlag("op")?.choices).toContain("x2+xy+y2");
  });

  it("says what a value may be", () => {
    const limits = (name: string) => flagLimits(findFlag(name) as Flag);
    expect(limits("p")).toBe("a whole number from 2 to 4096");
    expect(limits("train-fraction")).toBe("a number greater than 0 and less than 1");
    expect(limits("clip")).toBe("a number greater than 0 or none");
    for (const name of ["op", "orthograd", "epochs", "out-dir"]) expect(limits(name)).toBeNull();
  });

  it("shows what holds where a flag is not given", () => {
    const shown = (name: string, preset: string) =>
      flagDefault(findFlag(name) as Flag, resolveExperiment({ preset }));
    expect(shown("lr", "mlx")).toBe("0.001");
    expect(shown("lr", "addition-777")).toBe("0.02");
    expect(shown("clip", "mlx")).toBe("none");
    expect(shown("bias-correction", "mlx")).toBe("false");
    expect(shown("grokfast-alpha", "mlx")).toBe("0.98");
    expect(shown("curriculum", "addition-777")).toBe("2000:3,5000:6,20000:10");
    expect(shown("width", "mlx")).toBeNull();
    expect(shown("out-dir", "mlx")).toBeNull();
  });
});
