import { group } from "d3-array";
import { comparisonFigure } from "../drawing/figure-form";
import type { Figure } from "../figure/figure";
import { finalOf } from "../judge/measures";
import { middle } from "../judge/median";
import type { Planned, Valued } from "../judge/quantity";
import { type FigureRun, lastOf } from "../result/figure-run";

/** Pairs in the table of addition mod 59. */
const table = 59 ** 2;

/** The step whose next update is the first with fewer pairs. */
const from = 100;

/** Shares of the table that remain to train on; training begins with half of it. */
const fractions = [0.05, 0.1, 0.15, 0.2, 0.3, 0.4];
const [least, greatest] = [0.05, 0.4];

/** Weight decays from the change on; all networks grok with 5. */
const decays = [2.5, 5, 10];

/** What a run is changed to, by its change as it is written in its settings. */
const changes = new Map(
  [0, ...decays].flatMap((decay) =>
    fractions.map((fraction) => [
      `${from}: train-fraction=${fraction} weight-decay=${decay}`,
      { fraction, decay },
    ]),
  ),
);

const changesTo = (decay: number, kept: readonly number[] = fractions) =>
  [...changes].flatMap(([change, to]) =>
    to.decay === decay && kept.includes(to.fraction) ? [change] : [],
  );

const changeOf = (run: Planned) => changes.get(String(run.settings.change));
const keeps = (run: Planned, fraction: number) => changeOf(run)?.fraction === fraction;
const final = finalOf("val_acc");

const common = {
  preset: "quadratic",
  flags: {
    p: 59,
    steps: 1_000,
    "eval-every": 25,
    "checkpoint-at": String(from),
    "stop-on-grok": false,
  },
};

/** Medians of the final test accuracy by share of the table, in order of share. */
function mediansBy(ended: readonly { run: FigureRun; value: number }[]) {
  return [...group(ended, ({ run }) => changeOf(run)?.fraction ?? 0)]
    .sort(([a], [b]) => a - b)
    .map(([fraction, own]) => {
      const values = own.map(({ value }) => value);
      return {
        fraction,
        center: middle(values),
        low: Math.min(...values),
        high: Math.max(...values),
      };
    });
}

/**
 * The share of the table at which the median accuracy passes 50% under a weight decay, by a line
 * between two shares; null if it does not.
 */
function criticalUnder(decay: number, runs: readonly Valued[]): number | null {
  const own = runs.filter(({ run }) => changeOf(run)?.decay === decay);
  // A recorded run has its evaluations rounded, and what was measured of it in full.
  const points = mediansBy(own.map(({ run, measured: { value } }) => ({ run, value })));
  const above = points.findIndex(({ center }) => center >= 0.5);
  const [low, high] = [points[above - 1], points[above]];
  if (low === undefined || high === undefined) return null;
  const part = (0.5 - low.center) / (high.center - low.center);
  return low.fraction + part * (high.fraction - low.fraction);
}

/** A grokked network that continues to train on too few examples falls back to memorising them. */
export const varmaUngrokking: Figure = {
  id: "varma-ungrokking",
  title: "Ungrokking: a grokked network continues on fewer examples",
  source: {
    text: "Varma et al. 2023 (arXiv 2309.02390), the section on ungrokking",
    url: "https://arxiv.org/abs/2309.02390",
  },
  about:
    "A network that has grokked continues to train on a smaller part of its examples. Below a critical size of the training set memorising costs less weight than the rule, and the accuracy on all other examples falls from perfect to low; above it nothing changes. The critical size does not depend on the strength of weight decay, and without decay nothing pulls the network back.",
  seedsBecause: "5 per setting, as runs take seconds.",
  arms: [
    {
      name: "runs",
      label: "quadratic, mod 59",
      spec: { ...common, grid: { change: decays.flatMap((decay) => changesTo(decay)) } },
      seeds: [0, 1, 2, 3, 4],
      quick: {
        seeds: [0, 1, 2, 3, 4],
        spec: { ...common, grid: { change: changesTo(5, [least, greatest]) } },
      },
      seconds: 6,
    },
    {
      name: "no-decay",
      label: "no weight decay after the change",
      spec: { ...common, grid: { change: changesTo(0, [least]) } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2, 3, 4] },
      seconds: 6,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Test accuracy at the end, with 40% of the table to train on",
      arms: ["runs"],
      unit: "share",
      of: (run) => (keeps(run, greatest) ? final(run) : null),
      published: {
        text: "stays near perfect above the critical size",
        band: [0.95, 1],
        because: "the level from which a network counts as grokked; set before our runs",
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Test accuracy at the end, with 5% of the table to train on",
      arms: ["runs"],
      unit: "share",
      of: (run) => (keeps(run, least) ? final(run) : null),
      published: {
        text: "falls to low accuracy below the critical size",
        band: [0, 0.5],
        because:
          "less than half, by convention; set before our runs and after one trial with 6% (seed 100)",
        isConvention: true,
      },
    },
    {
      kind: "order",
      name: "The fewer examples remain, the lower the accuracy at the end (within each weight decay)",
      arms: ["runs"],
      of: final,
      group: (run) => {
        const fraction = changeOf(run)?.fraction;
        return fraction === undefined ? null : { place: fraction, label: `${100 * fraction}%` };
      },
      stratum: (run) => `decay ${changeOf(run)?.decay}`,
      published: {
        text: "a sharp fall below a critical size",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
    {
      kind: "joint",
      name: "Share of the table at which half is right, at weight decay 10 over that at 2.5",
      arms: ["runs"],
      unit: "",
      of: final,
      over: (runs) => {
        const [weak, strong] = [criticalUnder(2.5, runs), criticalUnder(10, runs)];
        return weak === null || strong === null ? null : { value: strong / weak };
      },
      published: {
        text: "does not depend on the strength of weight decay",
        band: [0.5, 2],
        because: "a factor of two for four times the decay; set before our runs",
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Test accuracy at the end, with 5% of the table and no weight decay",
      arms: ["no-decay"],
      unit: "share",
      of: final,
      published: {
        text: "follows from the explanation: without decay no circuit is preferred",
        band: [0.95, 1],
        because: "the level from which a network counts as grokked; set before our runs",
        isConvention: true,
      },
    },
    ...decays.map((decay) => ({
      kind: "joint" as const,
      name: `Share of the table at which half is right, weight decay ${decay}`,
      arms: ["runs"],
      unit: "share" as const,
      of: final,
      over: (runs: readonly Valued[]) => {
        const value = criticalUnder(decay, runs);
        return value === null ? null : { value };
      },
      published: { text: "not comparable", band: null, because: "another network and modulus" },
    })),
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) => {
    const arms = [...group(runs, (run) => changeOf(run)?.decay ?? 0)].sort(([a], [b]) => a - b);
    const curves = arms.map(([decay, own]) => ({
      label: `weight decay ${decay} (N = ${own.length})`,
      points: mediansBy(own.map((run) => ({ run, value: lastOf(run, "val_acc") }))).map(
        ({ fraction, ...point }) => ({
          step: Math.floor(fraction * table),
          ...point,
        }),
      ),
    }));
    return comparisonFigure([{ quantity: "accuracy", curves, levels: [0.5, 0.95] }], {
      title: "Ungrokking: accuracy after training continued on fewer pairs",
      subtitle:
        "After Varma et al. 2023: an MLP of squares that groks addition mod 59 from 1,740 of 3,481 pairs",
      stepName: "Training pairs that remain from step 100 to 1,000",
      note: `Accuracy on all pairs that are not trained on at the end. Median over seeds, with the least and the greatest as a band. ${runs.length} runs.`,
    });
  },
  findings: (runs) => {
    if (runs.length === 0) return [];
    const wrong = runs.filter((run) => lastOf(run, "train_acc") < 1).length;
    return [
      wrong === 0
        ? "Every run has all of its remaining training pairs right at the end: what falls is the rule alone."
        : `${wrong} of ${runs.length} runs have some of their remaining training pairs wrong at the end.`,
    ];
  },
  notes: [
    "Under all three decays the accuracy falls below 1% with 5% of the table and stays at 100% with 20%. Only two shares lie between these, so that the critical share is known roughly, and a difference of less than a factor of two could hardly show. At 10% the accuracy at the end does differ with decay, and not in its order; whether those runs were at rest after 1,000 steps was not checked.",
    "The source trains a one-layer transformer on addition mod 113 with cross-entropy; ours is Gromov's MLP of squares (preset quadratic) mod 59 with mean squared error, which groks in 50 steps and forgets in some hundred. The guide on what-if questions has Nanda et al.'s transformer mod 53: it forgets with 10% of the table and not with 20%.",
    "The article's text could not be reached from here. The claims are as its abstract and other records of this project give them; no number is compared.",
    "The pairs that are cut away count as test pairs from then on. A network may remember some of them at first, so that the fall is if anything larger than the figure shows.",
    "Two trials with seed 100 were seen before the bands were set: mod 97 with 3% (fell to chance) and 15% (stayed at 100%), and mod 59 with 6% (fell to chance).",
  ],
};
