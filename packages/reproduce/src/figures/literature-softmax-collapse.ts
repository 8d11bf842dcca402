import { comparisonFigure } from "@grok/plot";
import { bandOver } from "../drawing/bands";
import type { Figure } from "../figure/figure";
import { finalOf, stepOf } from "../judge/measures";

const arms = [
  ["collapse", "softmax"],
  ["stablemax", "StableMax"],
  ["orthograd", "⊥Grad"],
] as const;

/** Softmax collapse without weight decay, and two ways around it. */
export const softmaxCollapse: Figure = {
  id: "literature-softmax-collapse",
  title: "Softmax collapse, StableMax and ⊥Grad, all without weight decay",
  source: {
    text: "Prieto et al. 2025, figures 1, 2 and 6; LucasPrietoAl/grokking-at-the-edge-of-numerical-stability",
    url: "https://arxiv.org/abs/2501.04697",
  },
  about:
    "An MLP on addition mod 113 from 40% of the table, without weight decay. With softmax in single precision the losses round to 0 before it generalises; with StableMax it generalises; with ⊥Grad it does so at once.",
  seedsBecause: "5, as a run takes from seconds to a quarter of an hour.",
  arms: [
    {
      name: "collapse",
      label: "softmax",
      spec: { preset: "softmax-collapse", flags: { metrics: "softmax" } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 450,
    },
    {
      name: "stablemax",
      label: "StableMax",
      spec: { preset: "stablemax", flags: { "stop-on-grok": true, metrics: "softmax" } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 1_000,
    },
    {
      name: "orthograd",
      label: "⊥Grad",
      spec: { preset: "orthograd" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 10,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Validation accuracy after 20,000 steps with softmax",
      arms: ["collapse"],
      unit: "share",
      of: finalOf("val_acc"),
      statistic: "greatest",
      published: {
        text: "learning stops; it does not generalise in float32 at 40%",
        band: [0, 0.5],
        because: "one half, as what generalises there is near 1; no run may be above",
      },
    },
    {
      kind: "run",
      name: "Share of samples whose softmax has collapsed, after 20,000 steps",
      arms: ["collapse"],
      unit: "share",
      of: finalOf("softmax_collapse"),
      published: {
        text: "near 1 when learning stops (figure 2)",
        band: [0.5, 1],
        because: "more than half of the samples",
      },
    },
    {
      kind: "run",
      name: "Steps to validation accuracy ≥ 95% with StableMax",
      arms: ["stablemax"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "within its 80,000 steps",
        band: [0, 80_000],
        because: "the steps that the source gives it",
      },
    },
    {
      kind: "run",
      name: "Steps to validation accuracy ≥ 95% with ⊥Grad",
      arms: ["orthograd"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "within its 300 steps",
        band: [0, 300],
        because: "the steps that the source gives it",
      },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) => {
    const of = (arm: string) => runs.filter((run) => run.arm === arm);
    const shown = arms.filter(([arm]) => of(arm).length > 0);
    return comparisonFigure(
      shown.map(([arm, label]) => ({
        title: `${label} (N = ${of(arm).length})`,
        quantity: "accuracy" as const,
        curves: [
          { ...bandOver(of(arm), "train_acc", "training"), label: "training" },
          { ...bandOver(of(arm), "val_acc", "validation"), label: "validation" },
        ],
      })),
      {
        title: "Addition mod 113 without weight decay",
        subtitle: "In the form of Prieto et al. 2025, figure 1",
        width: 900,
        columns: shown.length,
        note: "Median over seeds, with the quartiles as a band; a run that has ended counts with its last value.",
      },
    );
  },
  notes: [
    "The source computes StableMax in float64, ours in float32; it has softmax in 16 and 64 bits beside, which is not here.",
    "The source draws full-batch steps in shuffled order, which changes sums by rounding alone.",
    "The source's ⊥Grad takes AdamW's defaults but for the learning rate, and so does the preset.",
  ],
};
