import { grokTimeFigure } from "@grok/plot";
import { timeSeries } from "../drawing/times";
import type { Figure } from "../figure/figure";
import { stepOf } from "../judge/measures";
import { certain } from "../judge/quantity";
import { type FigureRun, valueAt } from "../result/figure-run";

const width = 512;

/** What the network's output is multiplied by at its start, against α = 0. */
const scale = (run: FigureRun) => width ** -(run.settings.alpha as number);

/** By how much the centred kernel alignment has changed when training data is memorised. */
function kernelMoves(run: FigureRun) {
  const seen = run.records.filter((record) => Number.isFinite(valueAt(record, "kernel_alignment")));
  const [first] = seen;
  const last = seen.at(-1);
  if (first === undefined || last === undefined) return null;
  return certain(valueAt(last, "kernel_alignment") - valueAt(first, "kernel_alignment"));
}

/** Grokking as the way from lazy to rich training: a larger output is lazier and groks later. */
export const lazyToRich: Figure = {
  id: "literature-lazy-rich",
  title: "From lazy to rich: the output's scale decides how late an MLP groks",
  source: {
    text: "Kumar et al. 2024, figures 1 and 4",
    url: "https://arxiv.org/abs/2310.06110",
  },
  about:
    "Kumar et al. multiply the output by α: the larger, the lazier training begins, and the later the network groks. The MLP of system 3 multiplies its pre-activations by 512^−α, which by ReLU's homogeneity multiplies its output alike. Judged is the order of grok times over that scale, and how far the kernel moves. This also answers which way system 3's α goes.",
  seedsBecause: "2 per scale, as a run takes seven minutes; the order is judged over all of them.",
  arms: [
    {
      name: "runs",
      label: "order-parameters, λ = 1",
      spec: {
        preset: "order-parameters",
        flags: {
          "weight-decay": 1,
          steps: 30_000,
          metrics: "order-parameters",
          "metrics-every": 5,
        },
        grid: { alpha: [-0.25, 0, 0.25, 0.5] },
      },
      seeds: [42, 0],
      quick: { seeds: [42] },
      seconds: 420,
    },
  ],
  quantities: [
    {
      kind: "order",
      name: "The smaller the output, the sooner it groks",
      arms: ["runs"],
      of: stepOf(0.95),
      group: (run) => ({ place: scale(run), label: `scale ${Number(scale(run).toPrecision(2))}` }),
      published: {
        text: "grokking is later the larger the output's scale",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
    {
      kind: "order",
      name: "The smaller the output, the more its kernel aligns over the run",
      arms: ["runs"],
      of: kernelMoves,
      group: (run) => ({ place: -scale(run), label: `scale ${Number(scale(run).toPrecision(2))}` }),
      published: {
        text: "a lazy network's kernel hardly moves",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
  ],
  columns: ["train_acc", "val_acc"],
  draw: (runs) =>
    grokTimeFigure(
      [
        timeSeries(
          runs.map((run) => ({ x: scale(run), ...stepOf(0.95)(run) })),
          "step of test accuracy ≥ 95%",
          { hasLaw: false },
        ),
        timeSeries(
          runs.map((run) => ({ x: scale(run), ...stepOf(0.99, "train_acc")(run) })),
          "step of training accuracy ≥ 99%",
          { hasLaw: false },
        ),
      ],
      {
        title: "Steps to memorise and to generalise over the output's scale",
        subtitle: "Addition mod 97 by a one-hot MLP, λ = 1; the claim is that of Kumar et al. 2024",
        xLabel: "Scale of the output, 512^{−α} (log scale)",
        note: "Large: median over seeds. Small: single runs; triangles had not got there after 30,000 steps.",
      },
    ),
  notes: [
    "N^−α multiplies the output exactly (packages/train/src/experiment/alpha.test.ts): it is the α of Kumar et al. as 512^−α, but for the last bias.",
    "The source's networks and losses are others (polynomial regression, MNIST, a transformer); only the claim is tested.",
  ],
};
