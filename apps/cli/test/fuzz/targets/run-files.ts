import {
  decodeAnalysis,
  decodeConfig,
  decodeMetrics,
  decodeSummary,
  listPresets,
  resolveExperiment,
} from "@grok/train";
import fc from "fast-check";
import { mutateText } from "../mutate";
import { ensure, refusal, type Target } from "../target";

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const configs = listPresets().map(({ name }) => {
  const versions = { "@grok/train": "0.0.0", node: "24.21.0" };
  return JSON.stringify({ ...resolveExperiment({ preset: name }), versions }, null, 2);
});

const lines = fc.sample(
  fc.array(
    fc.record(
      {
        epoch: fc.option(fc.nat(1000)),
        train_loss: number,
        train_acc: share,
        val_loss: number,
        val_acc: share,
        elapsed_sec: fc.nat(1000),
        gini: fc.option(number),
      },
      { noNullPrototype: true },
    ),
    { minLength: 1, maxLength: 6 },
  ),
  { numRuns: 100, seed: 2 },
);
const metricsTexts = lines.map((records) =>
  records.map((record, i) => `${JSON.stringify({ step: 10 * i, ...record })}\n`).join(""),
);
const analysisTexts = lines.map((records) =>
  records
    .map(({ epoch, gini }, i) => {
      const head = { step: 10 * i, epoch, experiment: "0123", measures: ["gini"] };
      return `${JSON.stringify({ ...head, gini, singular_values: [3, 2, 1] })}\n`;
    })
    .join(""),
);
const summaryTexts = lines.map(([record]) =>
  JSON.stringify({
    status: "finished",
    steps: 10,
    epochs: record?.epoch ?? null,
    parameters: 100,
    best_val_acc: record?.val_acc,
    t_mem: null,
    t_grok: 10,
    elapsed_sec: 1.5,
    steps_per_sec: null,
    backend: "wasm",
    threads: 1,
    seed: -3,
  }),
);

function target<T>(
  name: string,
  texts: readonly string[],
  decode: (text: string) => T,
  check: (result: T, text: string) => void,
): Target {
  return {
    name,
    make: (random) => mutateText(random, random.pick(texts)),
    check(input) {
      let result: T;
      try {
        result = decode(input as string);
      } catch (error) {
        return refusal(error, ["RunError"]);
      }
      check(result, input as string);
      return "valid";
    },
  };
}

/** config.json. */
export const config = target("config", configs, decodeConfig, (result) => {
  const again = decodeConfig(JSON.stringify(result));
  ensure(JSON.stringify(again) === JSON.stringify(result), "a config that was read is one");
});

/** metrics.jsonl. */
export const metrics = target("metrics", metricsTexts, decodeMetrics, (result) => {
  let before = -1;
  for (const { record } of result.lines) {
    ensure(record.step > before, "steps ascend");
    before = record.step;
    for (const value of Object.values(record)) {
      ensure(value === null || Number.isFinite(value), "columns hold numbers or nothing");
    }
  }
  const again = decodeMetrics(result.lines.map(({ text }) => `${text}\n`).join(""));
  ensure(again.lines.length === result.lines.length, "the lines that are kept are lines");
});

/** summary.json. */
export const summary = target("summary", summaryTexts, decodeSummary, (result) => {
  ensure(Number.isSafeInteger(result.steps) && result.steps >= 0, "steps are counted");
  decodeSummary(JSON.stringify(result));
});

/** analysis.jsonl. */
export const analysis = target("analysis", analysisTexts, decodeAnalysis, (result) => {
  for (const { step } of result) ensure(Number.isSafeInteger(step) && step >= 0, "steps are whole");
});
