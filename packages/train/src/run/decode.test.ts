import { parameterShapes } from "@grok/models";
import { describe, expect, it } from "vitest";
import { tiny } from "../../test/tiny";
import { modelOf } from "../experiment/build";
import type { StoredTensor } from "../safetensors/format";
import { decodeAnalysis } from "./analysis";
import { type Checkpoint, checkCheckpoint } from "./checkpoint";
import { decodeConfig } from "./config";
import { RunError } from "./error";
import { fingerprint } from "./fingerprint";
import { decodeMetrics } from "./metrics";
import { decodeSummary } from "./summary-file";
import { isNewer } from "./version";

const experiment = tiny("mlp", { p: 5, width: 3, "embed-dim": 2 });
const config = { ...experiment, versions: { "@grok/train": "0.0.0" } };
const record = {
  step: 1,
  epoch: null,
  train_loss: 1,
  train_acc: 0.5,
  val_loss: 2,
  val_acc: 0.25,
  elapsed_sec: 0.5,
};
const lineOf = (step: number, more: object = {}) => JSON.stringify({ ...record, step, ...more });

describe("decodeConfig", () => {
  it("reads what was written", () => {
    expect(decodeConfig(JSON.stringify(config, null, 2))).toEqual(config);
  });

  it.each([
    ["", /^config\.json cannot be read: It is not JSON\.$/],
    [" ".repeat(2 ** 20 + 1), /It has 1048577 characters; allowed are 1048576\.$/],
    [JSON.stringify({ ...config, "\u001b[2J": 1 }), /Unknown key \\u\{1b\}\[2J\.$/],
    [
      JSON.stringify({ ...config, future: 1, versions: { "@grok/train": "12.3.4" } }),
      /It was written by @grok\/train 12\.3\.4, which is newer than this one, .*; update grok\. Unknown key future/,
    ],
    [
      JSON.stringify({ ...config, future: 1, versions: { "@grok/train": "newest" } }),
      /^config\.json cannot be read: Unknown key future/,
    ],
    [
      JSON.stringify(config).replace('{"preset"', '{"__proto__":{"seed":1},"preset"'),
      /It has a key __proto__/,
    ],
  ])("refuses what is none: %#", (text, message) => {
    expect(() => decodeConfig(text)).toThrow(RunError);
    expect(() => decodeConfig(text)).toThrow(message);
    expect({}).not.toHaveProperty("seed");
  });
});

describe("isNewer", () => {
  it.each([
    ["1.0.0", "0.9.9", true],
    ["0.10.0", "0.9.9", true],
    ["0.0.1", "0.0.0", true],
    ["0.0.1-beta", "0.0.0", true],
    ["0.0.0", "0.0.0", false],
    ["0.9.9", "1.0.0", false],
    ["v9", "0.0.0", false],
  ])("%s against %s: %s", (version, than, newer) => {
    expect(isNewer(version, than)).toBe(newer);
  });
});

describe("decodeMetrics", () => {
  it("reads lines, leaves out empty ones, and keeps a torn last one apart", () => {
    const text = `${lineOf(1)}\n\n${lineOf(2, { gini: null })}\n{"step":3,`;
    const { lines, torn } = decodeMetrics(text);
    expect(lines.map(({ record: { step } }) => step)).toEqual([1, 2]);
    expect(torn).toBe('{"step":3,');
    expect(decodeMetrics("\n".repeat(1e6))).toEqual({ lines: [], torn: "" });
  });

  it.each([
    ["a column of text", lineOf(1, { gini: "1" })],
    ["a number beyond all", lineOf(1).replace("0.5", "1e999")],
    ["a column twice", lineOf(1).replace("{", '{"step":0,')],
    ["a column __proto__", lineOf(1).replace("{", '{"__proto__":null,')],
    ["a line of 65,537 characters", lineOf(1).padEnd(2 ** 16 + 1)],
  ])("refuses %s", (_, line) => {
    expect(() => decodeMetrics(`${line}\n${lineOf(2)}\n`)).toThrow(
      /^Line 1 of metrics\.jsonl is not a record/,
    );
  });
});

it("decodeSummary leaves out what it does not know", () => {
  const summary = {
    status: "finished",
    steps: 1,
    epochs: null,
    parameters: 1,
    best_val_acc: null,
    t_mem: null,
    t_grok: null,
    elapsed_sec: 1,
    steps_per_sec: null,
    backend: "wasm",
    threads: null,
    seed: 0,
  };
  expect(decodeSummary(JSON.stringify({ ...summary, future: [1] }))).toEqual(summary);
  expect(() => decodeSummary(JSON.stringify({ ...summary, steps: -1 }))).toThrow(
    /^summary\.json cannot be read: steps must be a whole number of at least 0, not -1\.$/,
  );
});

it("decodeAnalysis names the line that is no record", () => {
  const line = '{"step":4,"epoch":1,"experiment":"0","measures":[]}';
  expect(decodeAnalysis(`${line}\n`)).toHaveLength(1);
  expect(() => decodeAnalysis(`${line}\n{}\n`)).toThrow(
    /^Line 2 of analysis\.jsonl cannot be read/,
  );
});

describe("checkCheckpoint", () => {
  const shapes = Object.entries(parameterShapes(modelOf(experiment)));
  const tensors = () =>
    new Map<string, StoredTensor>(
      shapes.map(([name, shape]) => {
        const size = shape.reduce((product, each) => product * each, 1);
        return [name, { shape, data: new Float32Array(size) }];
      }),
    );
  const check = async (parameters: Map<string, StoredTensor>, optimizer = new Map()) =>
    checkCheckpoint(
      experiment,
      {
        progress: { step: 4 },
        experiment: await fingerprint(experiment),
        parameters,
        optimizer,
      } as Checkpoint,
      4,
    );
  const [name = "", shape = []] = shapes[0] ?? [];

  it("accepts the network's own shapes", async () => {
    await check(tensors());
  });

  it.each<[string, (map: Map<string, StoredTensor>) => void, RegExp]>([
    ["lacks one", (map) => map.delete(name), /does not fit the network: it lacks embedding\.$/],
    [
      "has another shape",
      (map) => map.set(name, { shape: [1], data: new Float32Array(1) }),
      /embedding has shape \[1\], not \[5, 2\]\.$/,
    ],
    [
      "holds whole numbers",
      (map) => map.set(name, { shape, data: new Int32Array(10) }),
      /embedding holds whole numbers\.$/,
    ],
    [
      "has one more",
      (map) => map.set("toString", { shape: [1], data: new Float32Array(1) }),
      /it has toString\.$/,
    ],
  ])("refuses a checkpoint that %s", async (_, change, message) => {
    const changed = tensors();
    change(changed);
    await expect(check(changed)).rejects.toThrow(message);
  });

  it("refuses an optimizer's state of whole numbers", async () => {
    const state = new Map([["mean", { shape: [1], data: new Int32Array(1) }]]);
    await expect(check(tensors(), state)).rejects.toThrow(/mean holds whole numbers\.$/);
  });
});
