import { listPresets } from "@grok/train";
import { describe, expect, it } from "vitest";
import { quick } from "../state/starting-point";
import { resolveFlags } from "./resolve";

describe("resolveFlags", () => {
  it("gives what the page shows first, and every preset, with links that lead back", () => {
    const bases = [quick, ...listPresets().map(({ name }) => ({ preset: name, flags: {} }))];
    for (const { preset, flags } of bases) {
      const resolved = resolveFlags(preset, { ...flags }, null);
      if (!resolved.ok) throw new Error(resolved.error);
      expect(resolved.controls?.preset, preset).toBe(preset);
      const again = resolveFlags(preset, resolved.controls?.flags ?? {}, null);
      expect(again).toMatchObject({ ok: true, experiment: resolved.experiment });
    }
  });

  it("says which values there are, and leaves out flags without a place", () => {
    const resolved = resolveFlags("mlp", { p: "31" }, "p");
    if (!resolved.ok) throw new Error(resolved.error);
    expect(resolved.values).toMatchObject({ p: "31", op: "+", width: "256", "d-model": null });
    expect(resolved.chance).toBeCloseTo(1 / 31, 12);
    expect(resolved.task).toBe("a + b mod 31");
  });

  it("refuses what the page has no room for, with a modulus that would fit", () => {
    const huge = resolveFlags("mlp", { p: "4000" }, "p");
    expect(huge).toMatchObject({
      ok: false,
      error:
        "The task has 16,000,000 examples, and this page has room for 1,200,000. A modulus p up to 1093 would fit.",
    });
    const full = resolveFlags("mlp", { p: "1000", "batch-mode": "full" }, "p");
    expect(full.ok ? "" : full.error).toMatch(
      /^The run needs at least 3\.8 GiB of memory.* A modulus p up to \d{3} would fit\.$/,
    );
    const most = /up to (\d+) would/.exec(full.ok ? "" : full.error)?.[1] as string;
    expect(resolveFlags("mlp", { p: most, "batch-mode": "full" }, "p").ok).toBe(true);
    expect(resolveFlags("mlp", { p: "1009" }, "p").ok).toBe(true);
    // What is wrong for another reason is not called too large.
    const wrong = resolveFlags("mlp", { p: "59", lr: "-1" }, "lr");
    expect(wrong.ok ? "" : wrong.error).not.toContain("would fit");
  });

  it("offers the variants of the literature as settings, and takes them", () => {
    const plain = resolveFlags("nanda", {}, null);
    if (!plain.ok) throw new Error(plain.error);
    expect(plain.values).toMatchObject({
      "weight-norm": "none",
      "init-scale": "1",
      "output-scale": "1",
      positions: "learned",
      "ffn-bias": "true",
      "tied-head": "false",
    });
    const omnigrok = { "weight-norm": "initial", "init-scale": "0.8", "weight-decay": "0" };
    const held = resolveFlags("nanda", omnigrok, "weight-norm");
    expect(held).toMatchObject({
      ok: true,
      values: { "weight-norm": "initial", "init-scale": "0.8" },
      experiment: { optimizer: { weightNorm: "initial" }, model: { initialScale: 0.8 } },
      controls: { preset: "nanda", flags: omnigrok },
    });
  });

  it("leaves out what has no meaning beside the flag that was just chosen", () => {
    const given = { p: "31", "train-fraction": "0.4", task: "addition", seed: "5" };
    const resolved = resolveFlags("paper_default", given, "task");
    expect(resolved).toMatchObject({ ok: true, dropped: ["p", "train-fraction"] });
    expect(resolved).toMatchObject({ experiment: { seed: 5, task: { kind: "addition" } } });
  });

  it("says what is wrong in a sentence, whatever was changed", () => {
    expect(resolveFlags("mlx", { p: "banana" }, "p")).toEqual({
      ok: false,
      error: '--p must be a whole number from 2 to 4096, not "banana".',
    });
    expect(resolveFlags("mlx", { model: "lstm" }, "model").ok).toBe(false);
    expect(resolveFlags("nothing", {}, null)).toMatchObject({ ok: false });
  });
});
