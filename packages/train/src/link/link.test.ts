import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyFlags, anyPreset } from "../../test/any-flags";
import { ExperimentError } from "../experiment/error";
import type { Experiment } from "../experiment/experiment";
import { presets } from "../preset/presets";
import { resolveExperiment } from "../preset/resolve";
import { experimentOfLink, linkOf } from "./link";
import { LinkError } from "./link-error";
import { uiOfLink } from "./ui-of-link";

const of = (preset: string, flags: Record<string, unknown> = {}) =>
  resolveExperiment({ preset, flags });

describe("a link", () => {
  it.each([
    [of("mlx"), "preset=mlx"],
    [of("mlx", { "weight-decay": 0.5, seed: 3 }), "preset=mlx&weight-decay=0.5&seed=3"],
    [of("mlx", { op: "+" }), "preset=mlx&op=+"],
    [of("mlp", { "stop-on-grok": true }), "preset=mlp&stop-on-grok=true"],
    [
      of("mlx", { "train-fraction": 0.3, epochs: 2000 }),
      "preset=mlx&train-fraction=0.3&steps=12000",
    ],
    [of("mlp", { optimizer: "sgd", lr: 1e-7, clip: 1 }), "preset=mlp&optimizer=sgd&lr=1e-7&clip=1"],
    [of("addition-777", { curriculum: "5:1,9:2" }), "preset=addition-777&curriculum=5:1,9:2"],
    [of("addition-777", { clip: "none" }), "preset=addition-777&clip=none"],
    [of("nanda", { "weight-norm": "initial" }), "preset=nanda&weight-norm=initial"],
    [
      of("omnigrok", { "weight-norm": 30, "init-scale": 1 }),
      "preset=omnigrok&init-scale=1&weight-norm=30",
    ],
    [of("omnigrok", { "weight-norm": "none" }), "preset=omnigrok&weight-norm=none"],
    [
      of("addition-777", { "tied-head": false, "ffn-bias": true, positions: "sinusoidal" }),
      "preset=addition-777&positions=sinusoidal&ffn-bias=true&tied-head=false",
    ],
    [of("mlx", { "output-scale": 2 }), "preset=mlx&output-scale=2"],
    [of("mlp", { metrics: "numerics,gini" }), "preset=mlp&metrics=numerics,gini"],
    [
      of("mlx", { change: "50: lr=0.1 freeze=*.gain; 90: keep-frequencies=tokenEmbedding:1+5" }),
      "preset=mlx&change=50:%20lr%3D0.1%20freeze%3D*.gain%3B%2090:%20keep-frequencies%3DtokenEmbedding:1+5",
    ],
  ])(
    "says what is different from the preset, and nothing that follows from it: %#",
    (experiment, link) => {
      expect(linkOf(experiment)).toBe(link);
      expect(experimentOfLink(link)).toEqual(experiment);
    },
  );

  it("gives back exactly the experiment that it was made of", () => {
    let count = 0;
    fc.assert(
      fc.property(anyPreset, anyFlags, (preset, flags) => {
        let experiment: Experiment;
        try {
          experiment = of(preset, flags);
        } catch {
          return;
        }
        count++;
        const link = linkOf(experiment);
        expect(JSON.stringify(experimentOfLink(link))).toBe(JSON.stringify(experiment));
        expect(experimentOfLink(`https://example.org/page?x=1#${link}`)).toEqual(experiment);
      }),
      { numRuns: 400 },
    );
    expect(count).toBeGreaterThan(50);
  });

  it("is short for every preset", () => {
    for (const preset of Object.keys(presets)) expect(linkOf(of(preset))).toBe(`preset=${preset}`);
  });

  it("may be edited, and left empty", () => {
    expect(experimentOfLink("")).toEqual(of("mlx"));
    expect(experimentOfLink("#seed=3&op=%2B&p=13")).toEqual(of("mlx", { seed: 3, op: "+", p: 13 }));
  });

  it("carries what a page shows, which no experiment sees", () => {
    const ui = { view: "embedding", "step-shown": "4000", note: "a&b=c#d +é" };
    const link = linkOf(of("mlp"), ui);
    expect(link).toContain("preset=mlp&ui.view=embedding&ui.step-shown=4000");
    expect(uiOfLink(`#${link}`)).toEqual(ui);
    expect(experimentOfLink(link)).toEqual(of("mlp"));
    expect(uiOfLink("ui.constructor=1")).toEqual({ constructor: "1" });
  });

  it.each([
    ["seed", LinkError, /is no field; they look like/],
    ["seed=1&seed=2", LinkError, /"seed" twice/],
    ["s%65ed=1&seed=2", LinkError, /"seed" twice/],
    ["seed=%ff", LinkError, /not percent-encoded/],
    [`seed=${"1".repeat(9000)}`, LinkError, /9005 characters; allowed are 8192/],
    [`metrics=${"a".repeat(1025)}`, LinkError, /"metrics" of the link is too long/],
    ["&".repeat(300), LinkError, /301 fields; allowed are 200/],
    ["ui.__proto__=1", LinkError, /is no name for a field of the page/],
    [`ui.a=${"1".repeat(201)}`, LinkError, /201 characters; allowed are 200/],
    [Array.from({ length: 33 }, (_, i) => `ui.a${i}=1`).join("&"), LinkError, /33 fields/],
    ["__proto__=1", ExperimentError, /^Unknown flag --__proto__\.$/],
    ["sead=1", ExperimentError, /did you mean seed/],
    ["preset=nope", ExperimentError, /^Unknown preset "nope"/],
    ["preset=__proto__", ExperimentError, /^Unknown preset/],
    ["out-dir=/etc", ExperimentError, /no part of an experiment/],
    ["save-plot=/etc/passwd", ExperimentError, /no part of an experiment/],
    ["lr=abc", ExperimentError, /^--lr must be a number greater than 0, not "abc"\.$/],
    ["alpha=1", ExperimentError, /^--alpha goes with --model/],
  ])("is refused where it says %s", (link, kind, message) => {
    const read = () => [experimentOfLink(link), uiOfLink(link)];
    expect(read).toThrow(kind);
    expect(read).toThrow(message);
  });

  it("is not made of an experiment that no flags give", () => {
    expect(() => linkOf({ ...of("mlx"), preset: "mine" })).toThrow(ExperimentError);
  });
});
