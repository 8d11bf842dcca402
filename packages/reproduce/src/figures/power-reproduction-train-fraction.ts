import { group } from "d3-array";
import { captionOf } from "../drawing/caption";
import { grokTimeFigure } from "../drawing/figure-form";
import { timesAgainst } from "../drawing/times";
import type { Figure } from "../figure/figure";
import type { Measured } from "../judge/measured";
import { stepOf } from "../judge/measures";
import type { Planned } from "../judge/quantity";
import type { FigureRun } from "../result/figure-run";

const fraction = (run: Planned) => run.settings["train-fraction"] as number;
const op = (run: Planned) => String(run.settings.op);
const time: (run: FigureRun) => Measured = stepOf(0.99);

/** a + b is the same as b + a; a − b and a / b are not. */
const symmetric = new Set(["+", "*", "x2+y2"]);

/** Steps to generalise against the share of the table that is trained on, for several operations. */
export const powerReproductionTrainFraction: Figure = {
  id: "system-1-train-fraction",
  title: "Steps to generalise against train fraction, several operations",
  source: {
    text: "Power et al. 2022, figures 1 (middle) and 2, section 3.1",
    url: "https://arxiv.org/abs/2201.02177",
  },
  about:
    "Step of validation accuracy ≥ 99% against the share of the table that is trained on, AdamW with weight decay 1. The paper has curves and no table: time rises fast as data gets less, and operations that are symmetric in their operands need less of it. Judged are these two orders.",
  seedsBecause:
    "2 per point, as the full set has 60 runs of up to five minutes; the order is judged over all of them.",
  arms: [
    {
      name: "runs",
      label: "paper_default",
      spec: {
        preset: "paper_default",
        flags: { steps: 10_000, "grok-threshold": 0.99, "stop-on-grok": true },
        grid: {
          op: ["+", "-", "*", "/", "x2+y2"],
          "train-fraction": [0.3, 0.4, 0.5, 0.6, 0.7, 0.8],
        },
      },
      seeds: [0, 1],
      quick: {
        seeds: [0],
        spec: {
          preset: "paper_default",
          flags: { steps: 10_000, "grok-threshold": 0.99, "stop-on-grok": true },
          grid: { op: ["+", "-", "/"], "train-fraction": [0.3, 0.4, 0.5, 0.6, 0.8] },
        },
      },
      seconds: 150,
    },
  ],
  quantities: [
    {
      kind: "order",
      name: "The more data, the sooner (within each operation)",
      arms: ["runs"],
      of: time,
      group: (run) => ({ place: -fraction(run), label: `${100 * fraction(run)}%` }),
      stratum: op,
      published: {
        text: "time rises fast as the train fraction falls",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
    {
      kind: "order",
      name: "Symmetric operations sooner than others (within each fraction)",
      arms: ["runs"],
      of: time,
      group: (run) =>
        symmetric.has(op(run))
          ? { place: 0, label: "symmetric" }
          : { place: 1, label: "not symmetric" },
      stratum: (run) => String(fraction(run)),
      claimUnit: { of: op, plural: "operations" },
      published: {
        text: "operations symmetric in their operands need less data",
        band: null,
        because:
          "a rank test over operations, p ≤ .05: the claim is about operations, so that runs of one operation are no independent evidence for it",
      },
    },
  ],
  columns: ["val_acc"],
  draw: (runs) => {
    const series = [...group(runs, op)].map(([name, own]) =>
      timesAgainst(own, "train-fraction", time, name),
    );
    return grokTimeFigure(series, {
      title: "Steps to validation accuracy ≥ 99% against train fraction",
      subtitle:
        "Operations mod 97, AdamW with weight decay 1; in the form of Power et al. 2022, figure 2",
      xLabel: "Share of the table that is trained on",
      xScale: "linear",
      note: `Large: median over seeds (Kaplan–Meier). Small: single runs; triangles had not got there after 10,000 steps. ${captionOf(runs, time)}`,
    });
  },
  notes: [
    "Symmetric operations are 3 of the 5 here, so that the best outcome has a chance of 1 in 10: whatever the runs give, this design cannot show it. Seven operations, 3 against 4, could (1 in 35).",
    "The paper's runs continue for 10⁵ steps and more; ours end at 10,000, and count as longer where they had not got there.",
    "The paper's transformer has other positions and no biases (preset openai); ours is that of paper_default.",
  ],
};
