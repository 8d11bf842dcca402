import { readFileSync } from "node:fs";
import type { RunRecord } from "../src/figures/run-record";

function read<R extends RunRecord>(name: string): R[] {
  const text = readFileSync(new URL(`../fixtures/${name}.jsonl`, import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as R);
}

/** A real run that memorises at step 800, dips, and reaches 95% at step 251,800. */
export const ADDITION = read("mlp-addition");

/** A real run of four evaluations that groks between steps 2,000 and 3,000. */
export const DIVISION = read("division");

/** A record of a run's analysis: numbers by column, and lists. */
export type AnalysedRecord = RunRecord & {
  readonly rqi: number;
  readonly circularity: number;
  readonly restricted_loss: number;
  readonly excluded_loss: number;
  readonly singular_values: number[];
  readonly embedding_power: number[];
  readonly logit_power: number[];
};

/** A real run of a transformer on addition mod 113 that memorises at step 200 and groks at 4,500. */
export const NANDA = read<AnalysedRecord>("nanda-analysis");

/** A list of each record, as figures take it. */
export function listsOf(name: "singular_values" | "embedding_power" | "logit_power") {
  return NANDA.map((record) => ({ step: record.step, values: record[name] }));
}

/** Made-up portraits of a network on addition mod p, before, during and after. */
export function portraits(p: number, frequency: number) {
  // A fixed stream of numbers in [0, 1), so that pictures stay the same.
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const cells = Array.from({ length: p * p }, () => random());
  return [0, 0.5, 1].map((learned, i) => ({
    step: [200, 4100, 20_000][i] as number,
    label: ["before", "during", "after"][i] as string,
    points: Array.from({ length: p }, (_, n): [number, number] => {
      const turn = (2 * Math.PI * frequency * n) / p;
      const noise = (1 - learned) * 0.8;
      return [
        Math.cos(turn) * learned + noise * (random() - 0.5),
        Math.sin(turn) * learned + noise * (random() - 0.5),
      ];
    }),
    neurons: Array.from({ length: 60 }, (_, k) => {
      const operands = ((k * 0.618) % 1) - 0.5;
      const off = operands + (1 - learned) * (((k * 0.414) % 1) - 0.5);
      return {
        frequency: 1 + (k % ((p - 1) / 2)),
        share: 0.1 + 0.9 * learned,
        operands,
        answer: off - Math.round(off),
      };
    }),
    size: p,
    correct: cells.map((cell, at) => (cell < 0.3 || (at * 7) % 11 < 11 * learned ? 1 : 0)),
    train: cells.map((cell) => (cell < 0.3 ? 1 : 0)),
    power: Array.from({ length: (p + 1) / 2 }, (_, j) =>
      Array.from({ length: (p + 1) / 2 }, (__, k) =>
        j === frequency && k === frequency ? 50 * learned : (1 - learned) * random() + 1e-4,
      ),
    ),
    heads: [0, 1].map((head) => {
      const toA = 0.5 + (head === 0 ? 0.25 : -0.2) * (1 - learned);
      return {
        label: `head ${head}`,
        weights: [
          [1, 0, 0],
          [toA, 1 - toA, 0],
          [toA, 0.98 - toA, 0.02],
        ],
      };
    }),
  }));
}

/** A run of `count` evaluations whose training accuracy is 1 except the given dips. */
export function longRun(count: number, dips: ReadonlyMap<number, number>): RunRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const step = 10 * (i + 1);
    const generalised = 1 / (1 + Math.exp(-6 * (Math.log10(step) - 4.5)));
    return {
      step,
      train_acc: dips.get(i) ?? 1,
      val_acc: Math.max(0, generalised + 0.01 * Math.sin(12.9898 * i)),
      train_loss: 1 / step,
      val_loss: 8 - 7.9 * generalised,
    };
  });
}

/** Made-up runs over seeds: sigmoids in log steps with a spread of a decade. */
export function seedRuns(seeds: number): RunRecord[][] {
  return Array.from({ length: seeds }, (_, seed) =>
    Array.from({ length: 60 }, (_, i) => {
      const log = 1 + i / 12;
      const sigmoid = (middle: number) => 1 / (1 + Math.exp(-7 * (log - middle)));
      const shift = seeds > 1 ? seed / (seeds - 1) - 0.5 : 0;
      return {
        step: Math.round(10 ** log),
        train_acc: sigmoid(2 + 0.2 * shift),
        val_acc: 0.01 + 0.99 * sigmoid(4.3 + shift),
      };
    }),
  );
}
