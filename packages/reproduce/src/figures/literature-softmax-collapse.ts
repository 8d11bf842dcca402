import type { ComparedPanel } from "@grok/plot";
import { bandOver, publishedCurve } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import { comparisonFigure } from "../drawing/figure-form";
import type { Figure } from "../figure/figure";
import { durationBecause, timesAround, unknownBecause, unknownFactor } from "../judge/band";
import { finalOf, stepOf, stepsBetween } from "../judge/measures";
import { prietoDouble, prietoOrthograd, prietoSingle, prietoStablemax } from "../published/prieto";
import type { FigureRun } from "../result/figure-run";

/** The step from which more than half of the training examples have collapsed. */
const halfCollapsed = stepOf(0.5, "softmax_collapse");

const shareBecause =
  "15 points either way, by convention: the source has one seed, and nothing tells how far seeds differ there";

/** Softmax collapse without weight decay, and three ways around it. */
export const softmaxCollapse: Figure = {
  id: "literature-softmax-collapse",
  title: "Softmax collapse, double precision, StableMax and ⊥Grad, all without weight decay",
  source: {
    text: "Prieto et al. 2025, figures 1, 2 and 6; LucasPrietoAl/grokking-at-the-edge-of-numerical-stability",
    url: "https://arxiv.org/abs/2501.04697",
  },
  about:
    "An MLP on addition mod 113 without weight decay. With softmax in single precision, losses round to 0 before it generalises from 40% of the table, and half way from 70%, where double precision goes further; with StableMax it generalises; with ⊥Grad it does so at once.",
  seedsBecause: "5, as a run takes from seconds to half an hour.",
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
      name: "single",
      label: "softmax, 70% of the table",
      spec: {
        preset: "softmax-collapse",
        flags: { "train-fraction": 0.7, eps: 1e-25, metrics: "softmax" },
      },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 800,
    },
    {
      name: "double",
      label: "softmax in float64, 70% of the table",
      spec: {
        preset: "softmax-collapse",
        flags: {
          "train-fraction": 0.7,
          eps: 1e-25,
          "loss-precision": "float64",
          metrics: "softmax",
        },
      },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 800,
    },
    {
      name: "stablemax",
      label: "StableMax",
      spec: { preset: "stablemax", flags: { "stop-on-grok": true, metrics: "softmax" } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0] },
      seconds: 1_200,
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
      name: "Validation accuracy after 20,000 steps, 40% of the table",
      arms: ["collapse"],
      unit: "share",
      of: finalOf("val_acc"),
      statistic: "greatest",
      published: {
        text: "0",
        band: [0, 0.5],
        because: "one half, as what generalises there is near 1; no run may be above",
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Step at which more than half of the softmaxes have collapsed, 40% of the table",
      arms: ["collapse"],
      unit: "steps",
      of: halfCollapsed,
      published: {
        text: "11,500",
        value: 11_500,
        band: timesAround(11_500, unknownFactor),
        because: unknownBecause,
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Step at which more than half of the softmaxes have collapsed, 70% of the table",
      arms: ["single"],
      unit: "steps",
      of: halfCollapsed,
      published: {
        text: "3,000",
        value: 3_000,
        band: timesAround(3_000, unknownFactor),
        because: unknownBecause,
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Step at which more than half have collapsed in double precision, 70% of the table",
      arms: ["double"],
      unit: "steps",
      of: halfCollapsed,
      published: {
        text: "7,000",
        value: 7_000,
        band: timesAround(7_000, unknownFactor),
        because: unknownBecause,
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Validation accuracy after 20,000 steps, 70% of the table",
      arms: ["single"],
      unit: "share",
      of: finalOf("val_acc"),
      published: {
        text: "0.655",
        value: 0.655,
        band: [0.505, 0.805],
        because: shareBecause,
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Validation accuracy after 20,000 steps in double precision, 70% of the table",
      arms: ["double"],
      unit: "share",
      of: finalOf("val_acc"),
      published: {
        text: "0.88",
        value: 0.88,
        band: [0.73, 1],
        because: shareBecause,
        isConvention: true,
      },
    },
    {
      kind: "order",
      name: "Double precision goes further than single",
      arms: ["single", "double"],
      of: finalOf("val_acc"),
      group: ({ arm }) =>
        arm === "double" ? { place: 1, label: "float64" } : { place: 0, label: "float32" },
      published: {
        text: "0.88 against 0.655 at 70% of the table",
        band: null,
        because: "one-sided rank test at 5%",
      },
    },
    {
      kind: "run",
      name: "Steps to validation accuracy ≥ 95% with StableMax",
      arms: ["stablemax"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "about 52,000 (94% at 50,000, 96.5% at 55,000)",
        value: 52_000,
        band: timesAround(52_000, unknownFactor),
        because: unknownBecause,
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Steps from 50% to 95% validation accuracy with StableMax",
      arms: ["stablemax"],
      unit: "steps",
      of: stepsBetween(0.5, 0.95),
      published: {
        text: "about 17,000 (51% at 35,000, 95% near 52,000)",
        value: 17_000,
        band: timesAround(17_000, unknownFactor),
        because: durationBecause,
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Steps to validation accuracy ≥ 95% with ⊥Grad",
      arms: ["orthograd"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "110, of its 300 steps",
        value: 110,
        band: [0, 300],
        because:
          "the steps that the source gives it; set before the plot itself was read and before our runs",
      },
    },
  ],
  columns: ["train_acc", "val_acc", "softmax_collapse"],
  draw: (runs) => {
    const panels = [
      accuracies(runs, "collapse", "softmax, 40% of the table", []),
      precisions(runs),
      accuracies(runs, "stablemax", "StableMax, 40%", prietoStablemax),
      accuracies(runs, "orthograd", "⊥Grad, 40%", prietoOrthograd),
    ];
    return comparisonFigure(
      panels.flatMap((panel) => panel ?? []),
      {
        title: "Addition mod 113 without weight decay",
        subtitle: "In the form of Prieto et al. 2025, figures 1 and 2",
        width: 900,
        note: `Median over seeds, with the quartiles as a band; a run that has ended counts with its last value. ${captionOf(runs)}`,
      },
    );
  },
  notes: [
    "The published numbers are read off the plots of the authors' notebook, whose vertical lines mark when more than half have collapsed. Its quantity “collapsed” was judged here by the share at the end (1, 0.5 or more) before that was known; one run had ended with .40, after .53 at step 18,500: training spikes and takes it back.",
    "The source counts a softmax as collapsed by a sum in the loss's own precision, ours sums the smaller terms first, which collapses a little later.",
    "The source has float16, too, and 60% of the table, which are not here.",
    "The source draws full-batch steps in shuffled order, which changes sums by rounding alone.",
    "The source's ⊥Grad takes AdamW's defaults except the learning rate, and so does the preset.",
  ],
};

type Points = readonly (readonly [number, number])[];

/** Both accuracies of an arm beside the published points; null if none of its runs is there. */
function accuracies(
  runs: readonly FigureRun[],
  arm: string,
  title: string,
  points: Points,
): ComparedPanel | null {
  const own = runs.filter((run) => run.arm === arm);
  if (own.length === 0) return null;
  const published = points.length > 0 ? [publishedCurve("published, validation", points)] : [];
  return {
    title: `${title} (N = ${own.length})`,
    quantity: "accuracy",
    curves: [
      { ...bandOver(own, "train_acc", ""), label: "training" },
      { ...bandOver(own, "val_acc", ""), label: "validation" },
      ...published,
    ],
  };
}

/** Validation accuracy from 70% of the table, by the precision of the loss. */
function precisions(runs: readonly FigureRun[]): ComparedPanel | null {
  const of = (arm: string) => runs.filter((run) => run.arm === arm);
  const [single, double] = [of("single"), of("double")];
  if (single.length + double.length === 0) return null;
  return {
    title: `softmax, 70% of the table (N = ${single.length} and ${double.length})`,
    quantity: "accuracy",
    curves: [
      { ...bandOver(single, "val_acc", ""), label: "validation" },
      { ...bandOver(double, "val_acc", ""), label: "validation, loss in float64" },
      publishedCurve("published, validation", prietoSingle),
      publishedCurve("published, validation in float64", prietoDouble),
    ],
  };
}
