import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { ownKinds } from "../../test/own-kinds";
import { collect as all, MemoryStore, timeless } from "../../test/tiny";
import { experimentOfLink, linkOf } from "../link/link";
import { train } from "../loop/train";
import { listPresets } from "../preset/list";
import { resolveExperiment } from "../preset/resolve";
import { decodeConfig } from "../run/config";
import { fingerprint } from "../run/fingerprint";
import { collect } from "./collection";
import type { Extension, LoadedExtension } from "./extension";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const extensions = [ownKinds];
const resolved = (flags: Record<string, unknown> = {}) =>
  resolveExperiment({ preset: "differences", flags, extensions });
const everything = { turned: true, schedule: "until", "last-step": 9, metrics: "largest" };

describe("an extension's kinds", () => {
  it("are chosen by presets and flags as built-in ones are", () => {
    expect(resolved({ n: "6", hidden: 4, share: 0.25, weight: "2" })).toMatchObject({
      task: { kind: "difference", n: 6, trainFraction: 0.5 },
      model: { architecture: "sums", hidden: 4 },
      optimizer: { kind: "half", share: 0.25, decay: "zero" },
      training: { loss: "distance", weight: 2, steps: 12 },
      extensions: [{ name: "own-kinds", file: "own-kinds", sha256: null }],
    });
    const names = collect(extensions).flags.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["n", "hidden", "share", "last-step", "turned"]));
    expect(listPresets({ extensions }).at(-1)).toMatchObject({
      name: "differences",
      model: "sums",
      parameters: 5 * 8 + 8 * 5,
    });
  });

  it.each([
    [{ training: { stepz: 3 } }, "training.stepz, which is no setting of it; did you mean steps?"],
    [{ training: { metrics: ["largest"] } }, "training.metrics, which is no setting of it"],
    [{ task: { m: 6 } }, "task.m, which is no setting of it"],
    [{ optimizer: { schedule: { kind: "constant", lastStep: 9 } } }, "optimizer.schedule.lastStep"],
    [{ metric: ["largest"] }, "metric, which is no setting of it; did you mean metrics?"],
  ])("a preset with a setting that is none is refused: %j", (change, sentence) => {
    const { differences } = ownKinds.presets;
    const preset: Record<string, unknown> = { ...differences };
    for (const [key, value] of Object.entries(change)) {
      preset[key] = Array.isArray(value) ? value : { ...(preset[key] as object), ...value };
    }
    const wrong = { ...ownKinds, presets: { differences: preset as never } };
    expect(() => resolveExperiment({ preset: "differences", extensions: [wrong] })).toThrow(
      `Preset differences sets ${sentence}`,
    );
  });

  it("has the metrics that a preset names", () => {
    const preset = { ...ownKinds.presets.differences, metrics: ["largest"] };
    const withMetrics = [{ ...ownKinds, presets: { differences: preset } }];
    const metricsOf = (flags = {}) =>
      resolveExperiment({ preset: "differences", flags, extensions: withMetrics }).metrics;
    expect(metricsOf()).toEqual(["largest"]);
    expect(metricsOf({ metrics: "none" })).toEqual([]);
  });

  it("go with built-in ones, and count only where they are used", () => {
    const mixed = resolveExperiment({ preset: "mlp", flags: { loss: "distance" }, extensions });
    expect(mixed.extensions).toHaveLength(1);
    // Not even a transform that is off is seen.
    expect(resolveExperiment({ preset: "mlp", extensions })).toEqual(
      resolveExperiment({ preset: "mlp" }),
    );
  });

  it.each([
    [{ n: 1 }, "--n must be a whole number from 2 to 64, not 1."],
    [{ p: 7 }, /^--p goes with --task modular.*, not with difference\.$/],
    [{ sharpness: 1 }, "Unknown flag --sharpness"],
    [{ loss: "distanse" }, ', distance, not "distanse"; did you mean distance?'],
    [{ "answer-only": false }, "--no-answer-only is for transformers; model sums is a sum."],
  ])("are refused as built-in ones are: %j", (flags, sentence) => {
    expect(() => resolved(flags)).toThrow(sentence);
  });

  it("stand in links, which only those read who have them", () => {
    const experiment = resolved({ n: 6, turned: true });
    const link = linkOf(experiment, {}, { extensions });
    expect(link).toContain("n=6");
    expect(experimentOfLink(link, { extensions })).toEqual(experiment);
    expect(link).toContain("extension=own-kinds:");
    expect(() => experimentOfLink(link)).toThrow(
      "The link needs the extension own-kinds, which is not here: a link brings no code. Open it on a page that was started with grok serve --use FILE of that file.",
    );
    expect(() => experimentOfLink("preset=mlx&extension=../x")).toThrow("names no extension");
  });

  it("are trained, resumed to the same bytes, and measured", async () => {
    const experiment = resolved(everything);
    const whole = new MemoryStore();
    await all(train(experiment, { store: whole, extensions }));
    expect(whole.summary).toMatchObject({ status: "finished", parameters: 80 });
    expect(whole.records.every(({ largest_weight }) => (largest_weight as number) > 0)).toBe(true);
    const parts = new MemoryStore();
    await all(train(experiment, { store: parts, until: 5, extensions }));
    const resumeFrom = await parts.last();
    await all(train(experiment, { store: parts, resumeFrom, extensions }));
    const [a, b] = [await whole.last(), await parts.last()];
    expect(timeless(b.progress)).toEqual(timeless(a.progress));
    expect(b.parameters).toEqual(a.parameters);
    await expect(train(experiment).next()).rejects.toThrow("There is no model sums here");
  });

  it("count in what a run is called: their module, not where it lay", async () => {
    const loaded = (sha256: string, file: string): LoadedExtension[] => [
      { extension: ownKinds, file, sha256, code: null },
    ];
    const prints = ["a", "a", "b"].map((digit, i) => {
      const from = loaded(digit.repeat(64), `file-${i}.mjs`);
      const experiment = resolveExperiment({ preset: "differences", extensions: from });
      return fingerprint(experiment);
    });
    const [one, moved, changed] = await Promise.all(prints);
    expect(moved).toBe(one);
    expect(changed).not.toBe(one);
  });
});

describe("a config that names an extension", () => {
  const text = JSON.stringify({ ...resolved(), backend: "cpu", threads: 1, versions: {} });

  it("is read whole with it, and for its records without it", () => {
    expect(decodeConfig(text, { extensions }).task).toEqual(resolved().task);
    expect(decodeConfig(text).task).toEqual(resolved().task);
  });

  it("is refused with another module of the same name", () => {
    const other: LoadedExtension = {
      extension: ownKinds,
      file: "/tmp/other.mjs",
      sha256: "b".repeat(64),
      code: null,
    };
    expect(() => decodeConfig(text, { extensions: [other] })).toThrow(
      "Extension own-kinds is not the one that the experiment was made with: a value in code then, sha256 bbbbbbbbbbbbbbbb in /tmp/other.mjs.",
    );
  });
});

describe("collect", () => {
  const [task] = ownKinds.tasks;
  const [metric] = ownKinds.metrics;
  const columns = (...names: string[]) => ({ ...metric, columns: names });

  it.each<[string, Extension[], string]>([
    [
      "a built-in kind",
      [{ name: "x", tasks: [{ ...task, name: "modular" }] }],
      "Extension x defines the task modular, which is built in; give it another name.",
    ],
    [
      "a kind of two",
      [
        { name: "x", tasks: [task] },
        { name: "y", tasks: [task] },
      ],
      "Extension y defines the task difference, which extension x defines too",
    ],
    [
      "a record's column",
      [{ name: "x", metrics: [columns("val_acc")] }],
      "Extension x has a metric with the column val_acc, which every record has",
    ],
    [
      "a measure's column",
      [{ name: "x", metrics: [columns("gradient_norm")] }],
      "Extension x defines the column gradient_norm, which is built in",
    ],
    [
      "an extension",
      [{ name: "x" }, { name: "x" }],
      "There are two extensions called x; use one of them.",
    ],
    ["a preset", [{ name: "x", presets: { mlx: ownKinds.presets.differences } }], "the preset mlx"],
    [
      "a flag",
      [{ name: "x", tasks: [{ ...task, flags: { n: { name: "width" } } }] }],
      "--width would set",
    ],
  ])("refuses a name that is taken: %s", (_, given, sentence) => {
    expect(() => collect(given)).toThrow(sentence);
  });

  it("is made once for a list", () => {
    expect(collect(extensions)).toBe(collect(extensions));
    expect(collect()).toBe(collect([]));
  });
});
