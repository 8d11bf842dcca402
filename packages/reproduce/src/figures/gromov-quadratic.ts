import { group } from "d3-array";
import { ownBandNote } from "../drawing/accuracy";
import { bandOver } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import { comparisonFigure } from "../drawing/figure-form";
import type { Figure } from "../figure/figure";
import { finalOf, stepOf } from "../judge/measures";
import type { Planned } from "../judge/quantity";
import { type FigureRun, lastOf } from "../result/figure-run";

const decays = [0, 5, 15, 20];
const falseLabels = {
  preset: "quadratic",
  flags: { "label-noise": 0.35, steps: 2_000, "eval-every": 50, "checkpoint-every": 1_000 },
};
const decayOf = (run: Planned) => run.settings["weight-decay"] as number;
const byDecay = (run: Planned) => ({ place: decayOf(run), label: `decay ${decayOf(run)}` });

/** Squares of a hidden layer grok in 40 steps, need no training, and let go of false labels under decay. */
export const gromovQuadratic: Figure = {
  id: "gromov-quadratic",
  title:
    "An MLP of squares on addition mod 97: grokking in 40 steps, analytic weights, false labels",
  source: {
    text: "Gromov 2023 (arXiv 2301.02679) and Doshi et al. 2023 (arXiv 2310.13061); d-doshi/Grokking",
    url: "https://arxiv.org/abs/2301.02679",
  },
  about:
    "One hidden layer of 500 squares without biases, mean squared error on one-hot answers, the full batch of half of the table under AdamW with weight decay 5. It groks after about 40 steps; weights written down as cosines answer all pairs without training; and with 35% false labels more weight decay has the network learn fewer of those (Doshi et al. 2023, whose scripts take these four decays and 2,000 steps).",
  seedsBecause: "5, as runs take seconds to two minutes.",
  arms: [
    {
      name: "runs",
      label: "quadratic",
      spec: { preset: "quadratic" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 5,
    },
    {
      name: "analytic",
      label: "analytic weights",
      spec: { preset: "quadratic-analytic" },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 1,
    },
    {
      name: "noise",
      label: "35% false labels",
      spec: {
        ...falseLabels,
        grid: { "weight-decay": decays },
      },
      seeds: [0, 1, 2, 3, 4],
      quick: {
        seeds: [0, 1, 2, 3],
        spec: {
          ...falseLabels,
          grid: { "weight-decay": [0, 15] },
        },
      },
      seconds: 70,
    },
  ],
  quantities: [
    {
      kind: "run",
      name: "Step of test accuracy ≥ 95%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.95),
      published: {
        text: "about 40",
        value: 40,
        band: [0, 60],
        because: "half as many again; set before the runs of the registry, after two trials",
        isConvention: true,
      },
    },
    {
      kind: "run",
      name: "Step of training accuracy ≥ 99%",
      arms: ["runs"],
      unit: "steps",
      of: stepOf(0.99, "train_acc"),
      published: { text: "not reported", band: null, because: "nothing published" },
    },
    {
      kind: "run",
      name: "Test accuracy of the analytic weights, without training",
      arms: ["analytic"],
      unit: "share",
      of: finalOf("val_acc"),
      statistic: "least",
      published: { text: "1", band: [1, 1], because: "all pairs, with each seed's phases" },
    },
    {
      kind: "order",
      name: "The more weight decay, the fewer false labels are learned",
      arms: ["noise"],
      of: finalOf("train_acc_noisy"),
      // The orders of this registry ascend: what is learned of false labels is to fall.
      group: (run) => ({ ...byDecay(run), place: -decayOf(run) }),
      published: {
        text: "weight decay prevents that corrupted labels are memorised",
        band: null,
        because: "a rank test over runs, p ≤ .05",
      },
    },
    ...decays.map((decay) => ({
      kind: "run" as const,
      name: `Accuracy on examples with true labels, weight decay ${decay}`,
      arms: ["noise"],
      unit: "share" as const,
      of: (run: FigureRun) => (decayOf(run) === decay ? finalOf("train_acc_clean")(run) : null),
      published: { text: "not reported", band: null, because: "nothing published" },
    })),
    ...decays.map((decay) => ({
      kind: "run" as const,
      name: `Share of false labels that is answered with the truth, weight decay ${decay}`,
      arms: ["noise"],
      unit: "share" as const,
      of: (run: FigureRun) => (decayOf(run) === decay ? finalOf("train_acc_restored")(run) : null),
      published: { text: "not reported", band: null, because: "nothing published" },
    })),
  ],
  columns: ["train_acc", "val_acc", "train_acc_clean", "train_acc_noisy", "train_acc_restored"],
  draw: (runs) => {
    const trained = runs.filter(({ arm }) => arm === "runs");
    const noisy = runs.filter(({ arm }) => arm === "noise");
    const panels = [
      {
        title: "True labels, weight decay 5",
        quantity: "accuracy" as const,
        curves: [bandOver(trained, "train_acc", "training"), bandOver(trained, "val_acc", "test")],
      },
      ...[...group(noisy, decayOf)]
        .sort(([a], [b]) => a - b)
        .map(([decay, own]) => ({
          title: `35% false labels, weight decay ${decay}`,
          quantity: "accuracy" as const,
          curves: [
            bandOver(own, "train_acc_clean", "training, true labels"),
            bandOver(own, "train_acc_noisy", "training, false labels"),
            bandOver(own, "val_acc", "test"),
          ],
        })),
    ];
    return comparisonFigure(
      panels.filter(({ curves }) => curves.some(({ points }) => points.length > 0)),
      {
        title: "An MLP of squares on addition mod 97",
        subtitle:
          "After Gromov 2023 and Doshi et al. 2023: 500 squares, mean squared error, full batch",
        width: 900,
        note: `${ownBandNote} ${captionOf(runs.filter(({ arm }) => arm !== "analytic"))}`,
      },
    );
  },
  findings: (runs) => {
    const analytic = runs.filter(({ arm }) => arm === "analytic");
    const forgetting = decays.flatMap((decay) => {
      const grokked = runs.filter(
        (run) => run.arm === "noise" && decayOf(run) === decay && run.t_grok !== null,
      );
      const forgot = grokked.filter((run) => lastOf(run, "val_acc") < 0.95).length;
      return forgot === 0
        ? []
        : [
            `At weight decay ${decay}, ${forgot} of ${grokked.length} runs that had grokked under false labels had forgotten when they ended: decay takes the weights faster than the loss gives them back.`,
          ];
    });
    if (analytic.length === 0) return forgetting;
    const wrong = analytic.filter((run) => lastOf(run, "val_acc") < 1).length;
    return [
      ...forgetting,
      `The analytic weights of ${analytic.length} draws of phases and frequencies ${wrong === 0 ? "are right on every pair" : `are wrong on some pairs in ${wrong} draws`}.`,
    ];
  },
  notes: [
    "Read off the source's code: initial weights from N(0, .05²), by ½·(2N)^−⅓ for N = 500; nn.MSELoss, the mean over examples and answers; AdamW with learning rate .01, β (.9, .98).",
    "The source's false labels are drawn from all 97, so that one in 97 of them is true; ours are other labels.",
  ],
};
