import { group } from "d3-array";
import { accuracyComparison } from "../drawing/accuracy";
import { bandOver } from "../drawing/bands";
import { captionOf } from "../drawing/caption";
import type { Figure } from "../figure/figure";
import { epochOf, stepsPerEpoch } from "../judge/measures";
import type { FigureRun } from "../result/figure-run";

/** The paper's division, in PyTorch's AdamW without warm-up, as the code that it names has it. */
const division = { "train-fraction": 0.8, "warmup-steps": 0 };

/** Muon against AdamW, and AdamW with its learning rate varied. */
export const muon: Figure = {
  id: "literature-muon",
  title: "Muon against AdamW",
  source: {
    text: "Tveit et al. 2025, “Muon Optimizer Accelerates Grokking”; against it Essential AI 2025, “Muon Doesn't Clearly Grok faster”",
    url: "https://arxiv.org/abs/2504.16041",
  },
  about:
    "The paper's mean grok epoch over seven tasks and three softmaxes falls from 153.09 with AdamW to 102.89 with Muon; a rebuttal, on division mod 97, finds that the advantage vanishes over more hyperparameters and sizes. Judged on the paper's division from 80% of the table: whether Muon is sooner than AdamW at the paper's setting, and whether it still is against AdamW at twice the learning rate.",
  seedsBecause: "5 per optimizer, as a run takes a minute or two; 3 per further learning rate.",
  arms: [
    {
      name: "adamw",
      label: "AdamW, 0.001",
      spec: { preset: "mlx-swiglu", flags: { ...division, "bias-correction": true } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 90,
    },
    {
      name: "muon",
      label: "Muon, 0.02",
      spec: { preset: "mlx-swiglu", flags: { ...division, optimizer: "muon", lr: 0.02 } },
      seeds: [0, 1, 2, 3, 4],
      quick: { seeds: [0, 1, 2] },
      seconds: 90,
    },
    {
      name: "rates",
      label: "AdamW, other learning rates",
      spec: {
        preset: "mlx-swiglu",
        flags: { ...division, "bias-correction": true },
        grid: { lr: [0.0005, 0.002, 0.004] },
      },
      seeds: [0, 1, 2],
      quick: null,
      seconds: 90,
    },
  ],
  quantities: [
    {
      kind: "order",
      name: "Muon groks sooner than AdamW at its one setting",
      arms: ["adamw", "muon"],
      of: epochOf(0.95),
      group: ({ arm }) =>
        arm === "muon" ? { place: 0, label: "Muon" } : { place: 1, label: "AdamW" },
      published: {
        text: "mean 102.89 against 153.09 epochs, over other tasks and networks too",
        band: null,
        because: "a rank test over seeds, p ≤ .05",
      },
    },
    {
      kind: "order",
      name: "Muon groks sooner than AdamW at twice its learning rate",
      arms: ["adamw", "muon", "rates"],
      of: epochOf(0.95),
      group: ({ arm, settings }) => {
        if (arm === "muon") return { place: 0, label: "Muon" };
        return settings.lr === 0.002 ? { place: 1, label: "AdamW at 0.002" } : null;
      },
      published: {
        text: "the paper's claim; the rebuttal finds no advantage over wider hyperparameters",
        band: null,
        because: "a rank test over seeds, p ≤ .05; the learning rate was named beforehand",
      },
    },
  ],
  columns: ["val_acc"],
  draw: (runs) => {
    const scale = runs[0] === undefined ? 1 : (stepsPerEpoch(runs[0]) ?? 1);
    const curve = (own: readonly FigureRun[], label: string) =>
      bandOver(own, "val_acc", label, scale);
    const rates = group(
      runs.filter(({ arm }) => arm === "rates"),
      ({ settings }) => settings.lr,
    );
    return accuracyComparison(
      [
        curve(
          runs.filter(({ arm }) => arm === "adamw"),
          "AdamW, 0.001",
        ),
        curve(
          runs.filter(({ arm }) => arm === "muon"),
          "Muon, 0.02",
        ),
        ...[...rates].map(([lr, own]) => curve(own, `AdamW, ${String(lr)}`)),
      ],
      {
        title: "Division mod 97 from 80% of the table, with Muon and AdamW",
        subtitle:
          "Published: mean grok epochs of 102.89 and 153.09 over other tasks (Tveit et al. 2025)",
        scale: "linear",
        stepName: "Epochs",
        note: `Median over seeds, with the quartiles as a band; a run that has ended counts with its last value. ${captionOf(runs)}`,
      },
    );
  },
  notes: [
    "The code that the paper names is a PyTorch port of mlx-grokking: AdamW with bias correction and no warm-up. Its embeddings begin as N(0, 1), ours as N(0, 1/128).",
    "The paper states no learning rate of Muon; ours are its author's defaults, 0.02 and 3e-4 for what is no hidden matrix, with the same weight decay of 1 on the matrices.",
    "Its means are over tasks and softmaxes that are not all here, so that the order alone is judged.",
  ],
};
