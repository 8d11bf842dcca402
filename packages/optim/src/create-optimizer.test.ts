import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { chain } from "./chain";
import type { OptimizerConfig } from "./config";
import { createOptimizer, createSchedule } from "./create-optimizer";
import { clip } from "./filters/clip";
import { grokfastEma } from "./filters/grokfast-ema";
import { l2 } from "./filters/l2";
import { adam, adamW } from "./optimizers/adam";
import { lion } from "./optimizers/lion";
import { muonWithAdamW } from "./optimizers/muon";
import { sgd } from "./optimizers/sgd";
import { linearWarmup } from "./schedules/linear-warmup";
import { after } from "./testing/sequence";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const learningRate = 0.1;

test("gives what the functions give", () => {
  const schedule = { kind: "linearWarmup", steps: 4, offset: 1 } as const;
  const pairs: [OptimizerConfig, ReturnType<typeof sgd>][] = [
    [
      { kind: "sgd", learningRate, momentum: 0.9, nesterov: true },
      sgd({ learningRate, momentum: 0.9, nesterov: true }),
    ],
    [{ kind: "adam", learningRate, beta1: 0.8 }, adam({ learningRate, beta1: 0.8 })],
    [
      {
        kind: "adam",
        learningRate,
        decay: { form: "l2", rate: 0.3 },
        filters: [{ kind: "clip", maxNorm: 1 }],
      },
      chain(clip({ maxNorm: 1 }), l2({ rate: 0.3 }), adam({ learningRate })),
    ],
    [{ kind: "adamw", learningRate }, adamW({ learningRate, weightDecay: 0.01 })],
    [
      { kind: "adamw", learningRate, eps: 1e-3, biasCorrection: false, schedule },
      adamW({
        learningRate,
        eps: 1e-3,
        biasCorrection: false,
        schedule: linearWarmup({ steps: 4, offset: 1 }),
      }),
    ],
    [
      { kind: "lion", learningRate, beta2: 0.9, filters: [{ kind: "grokfastEma", lambda: 3 }] },
      chain(grokfastEma({ lambda: 3 }), lion({ learningRate, beta2: 0.9 })),
    ],
    [
      {
        kind: "muon",
        learningRate,
        schedule,
        matrices: ["tokenEmbedding"],
        adamw: { beta1: 0.5 },
        decay: { form: "zero", rate: 0.2 },
      },
      muonWithAdamW({
        learningRate,
        schedule: linearWarmup({ steps: 4, offset: 1 }),
        weightDecay: 0.2,
        matrices: () => ["tokenEmbedding"],
        adamW: { beta1: 0.5, weightDecay: 0.2 },
      }),
    ],
  ];
  for (const [config, optimizer] of pairs) {
    expect(after(createOptimizer(config), 6), config.kind).toEqual(after(optimizer, 6));
  }
});

test("survives JSON, and undefined settings are absent ones", () => {
  const config: OptimizerConfig = {
    kind: "adamw",
    learningRate,
    filters: [{ kind: "clip", maxNorm: 1 }],
    schedule: { kind: "cosineDecay", totalSteps: 5 },
  };
  const want = after(createOptimizer(config), 4);
  expect(after(createOptimizer(JSON.parse(JSON.stringify(config))), 4)).toEqual(want);
  expect(after(createOptimizer({ ...config, beta1: undefined, decay: undefined }), 4)).toEqual(
    want,
  );
  const bare: OptimizerConfig = { kind: "muon", learningRate };
  const adamw = { learningRate: undefined, eps: undefined };
  expect(after(createOptimizer({ ...bare, adamw }), 2)).toEqual(after(createOptimizer(bare), 2));
});

describe("one sentence for wrong settings", () => {
  test.each<[object, string]>([
    [
      { kind: "adan", learningRate },
      'unknown optimizer "adan": allowed are sgd, adam, adamw, lion, muon',
    ],
    [{ kind: "sgd", learningRate: -1 }, "sgd: learningRate must be a number ≥ 0, not -1"],
    [{ kind: "sgd" }, "sgd: learningRate must be a number ≥ 0, not undefined"],
    [
      { kind: "adamw", learningRate: Number.NaN },
      "adamW: learningRate must be a number ≥ 0, not NaN",
    ],
    [{ kind: "adamw", learningRate, beta1: 1 }, "adamW: beta1 must be in [0, 1), not 1"],
    [{ kind: "adam", learningRate, beta2: -0.1 }, "adam: beta2 must be in [0, 1), not -0.1"],
    [{ kind: "adam", learningRate, eps: -1 }, "adam: eps must be a number ≥ 0, not -1"],
    [{ kind: "lion", learningRate, beta2: 2 }, "lion: beta2 must be in [0, 1), not 2"],
    [{ kind: "sgd", learningRate, momentum: 1.5 }, "sgd: momentum must be in [0, 1), not 1.5"],
    [{ kind: "sgd", learningRate, dampening: 2 }, "sgd: dampening must be in [0, 1], not 2"],
    [
      { kind: "muon", learningRate, newtonSchulzSteps: 0 },
      "muon: newtonSchulzSteps must be a whole number ≥ 1, not 0",
    ],
    [
      { kind: "sgd", learningRate, decay: { form: "jiggle", rate: 1 } },
      'unknown form of weight decay "jiggle": allowed are zero, initial, l2',
    ],
    [
      { kind: "sgd", learningRate, decay: { form: "zero", rate: -1 } },
      "sgd: weightDecay must be a number ≥ 0, not -1",
    ],
    [
      { kind: "sgd", learningRate, decay: { form: "l2", rate: -1 } },
      "l2: rate must be a number ≥ 0, not -1",
    ],
    [
      { kind: "sgd", learningRate, filters: [{ kind: "blur" }] },
      'unknown gradient filter "blur": allowed are clip, grokfastEma, grokfastMa, orthogonal, egalitarian',
    ],
    [
      { kind: "sgd", learningRate, filters: [{ kind: "clip", maxNorm: 0 }] },
      "clip: maxNorm must be a number > 0, not 0",
    ],
    [
      { kind: "sgd", learningRate, filters: [{ kind: "grokfastEma", alpha: 1 }] },
      "grokfastEma: alpha must be in [0, 1), not 1",
    ],
    [
      { kind: "sgd", learningRate, filters: [{ kind: "grokfastMa", window: 2.5 }] },
      "grokfastMa: window must be a whole number ≥ 1, not 2.5",
    ],
    [
      { kind: "sgd", learningRate, schedule: { kind: "steps" } },
      'unknown schedule "steps": allowed are constant, linearWarmup, cosineDecay',
    ],
    [
      {
        kind: "sgd",
        learningRate,
        schedule: { kind: "cosineDecay", warmupSteps: 9, totalSteps: 3 },
      },
      "cosineDecay: warmupSteps (9) must not exceed totalSteps (3)",
    ],
  ])("%j", (config, message) => {
    expect(() => createOptimizer(config as OptimizerConfig)).toThrow(new RangeError(message));
  });

  test("decay's target by function", () => {
    expect(() => sgd({ learningRate, decayTo: "mean" as "zero" })).toThrow(
      new RangeError("sgd: decayTo must be zero or initial, not mean"),
    );
  });
});

test("a schedule from data", () => {
  expect(createSchedule({ kind: "constant" })(5)).toBe(1);
  expect(createSchedule({ kind: "linearWarmup", steps: 4 })(1)).toBe(0.25);
});
